using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Ledger;

/// <summary><c>rewind contacts|deals --to TIMESTAMP</c>: sets a job back, so that its next run reads again what changed since.</summary>
internal sealed class RewindCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var job = JobArguments.Job();
        var to = new Option<DateTimeOffset?>("--to")
        {
            Description = LedgerStrings.Of("ToOption"),
            HelpName = LedgerStrings.Of("ToValue"),
            Required = true,
            CustomParser = ParseTimestamp,
        };
        var command = new Command("rewind", LedgerStrings.Of("RewindCommand")) { job, to };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () => new RewindCommand(session).RunAsync(parsed.GetRequiredValue(job), parsed.GetValue(to)!.Value, cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static DateTimeOffset? ParseTimestamp(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && TimestampFormat.TryParse(result.Tokens[0].Value, out var timestamp))
        {
            return timestamp;
        }

        result.AddError(LedgerStrings.Of("ToExpected"));
        return null;
    }

    private async Task<int> RunAsync(SyncJob job, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var rewound = await services.GetRequiredService<LedgerEditor>().RewindAsync(job, to, cancellationToken);
        if (rewound.IsBeforeStartDate)
        {
            session.Say(LedgerStrings.Of("BeforeStart", Moment.Text(settings.Sync.StartDate)));
        }

        if (session.IsJson)
        {
            session.Print(
                new JsonObject
                {
                    ["job"] = job.Name(),
                    ["from"] = Moment.Text(rewound.From),
                    ["to"] = Moment.Text(rewound.To),
                }
            );
        }
        else
        {
            session.Screen.Line(LedgerStrings.Of("Rewound", job.Name(), Moment.Text(rewound.From), Moment.Text(rewound.To)));
        }

        return ExitCode.Done;
    }
}
