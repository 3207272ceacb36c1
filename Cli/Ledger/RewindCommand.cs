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
        var jobs = JobArguments.Jobs();
        var to = new Option<DateTimeOffset?>("--to")
        {
            Description = LedgerStrings.Of("ToOption"),
            HelpName = LedgerStrings.Of("ToValue"),
            Required = true,
            CustomParser = ParseTimestamp,
        };
        var command = new Command("rewind", LedgerStrings.Of("RewindCommand")) { jobs, to };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () =>
                        new RewindCommand(session).RunAsync(parsed.GetRequiredValue(jobs)!, parsed.GetValue(to)!.Value, cancellationToken),
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

    private async Task<int> RunAsync(SyncJob[] jobs, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var rewound = new List<Rewound>();
        var failures = new List<Failure>();
        foreach (var job in jobs)
        {
            try
            {
                rewound.Add(await services.GetRequiredService<LedgerEditor>().RewindAsync(job, to, cancellationToken));
            }
            catch (Exception error) when (jobs.Length > 1 && error is JobLockedException or ConfigurationException)
            {
                failures.Add(Failure.Of(error, cancellationToken)); // the other one can be set back all the same
                failures[^1].WriteTo(session.Context.Error);
            }
        }

        if (rewound.Exists(one => one.IsBeforeStartDate))
        {
            session.Say(LedgerStrings.Of("BeforeStart", Moment.Text(settings.Sync.StartDate)));
        }

        Show(rewound, jobs.Length == 1, Failure.Merge(failures));
        return failures.Count == 0 ? ExitCode.Done : failures.Max(failure => failure.Code);
    }

    private void Show(List<Rewound> rewound, bool isOne, Failure? failure)
    {
        if (session.IsJson)
        {
            var json = isOne ? Json(rewound[0]) : new JsonObject { ["jobs"] = new JsonArray([.. rewound.Select(Json)]) };
            failure?.AddTo(json);
            session.Print(json);
            return;
        }

        foreach (var one in rewound)
        {
            session.Screen.Line(LedgerStrings.Of("Rewound", one.Job.Name(), Moment.Text(one.From), Moment.Text(one.To)));
        }
    }

    private static JsonObject Json(Rewound one) =>
        new()
        {
            ["job"] = one.Job.Name(),
            ["from"] = Moment.Text(one.From),
            ["to"] = Moment.Text(one.To),
        };
}
