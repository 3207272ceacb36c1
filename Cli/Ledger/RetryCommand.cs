using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Ledger;

/// <summary><c>retry contact|deal ID... | --all-failed</c>: marks records, so that the next run sends them again.</summary>
internal sealed class RetryCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var record = JobArguments.OptionalRecord();
        var ids = JobArguments.Ids();
        var all = new Option<bool>("--all-failed") { Description = LedgerStrings.Of("AllFailedOption") };
        var command = new Command("retry", LedgerStrings.Of("RetryCommand")) { record, ids, all };
        command.Validators.Add(result =>
            Check(result, Typed(result, record), Typed(result, ids), result.GetResult(all) is { Implicit: false })
        );
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                var jobs = parsed.GetValue(record) is { } one ? [one] : Enum.GetValues<SyncJob>();
                return session.GuardAsync(
                    () => new RetryCommand(session).RunAsync(jobs, parsed.GetValue(ids) ?? [], parsed.GetValue(all), cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    // By what was typed: the value of a wrong argument cannot be asked for, and is told of by itself.
    private static string[] Typed(CommandResult result, Argument argument) =>
        [.. result.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []];

    private static void Check(CommandResult result, string[] record, string[] ids, bool all)
    {
        var problem = (all, record, ids) switch
        {
            (true, _, [_, ..]) => LedgerStrings.Of("EitherOr"),
            (false, [], _) => LedgerStrings.Of("ExpectedRecord"),
            (false, [var word], []) when JobArguments.One(word) is not null => LedgerStrings.Of("ExpectedIds"),
            _ => null,
        };
        if (problem is not null)
        {
            result.AddError(problem);
        }
    }

    private async Task<int> RunAsync(IReadOnlyList<SyncJob> jobs, string[] ids, bool all, CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var editor = services.GetRequiredService<LedgerEditor>();
        var marked = new List<MarkedRecords>();
        var failures = new List<Failure>();
        foreach (var job in jobs)
        {
            try
            {
                marked.Add(
                    all ? await editor.MarkFailedAsync(job, cancellationToken) : await editor.MarkAsync(job, ids, cancellationToken)
                );
            }
            catch (JobLockedException error)
            {
                failures.Add(Failure.Of(error, cancellationToken));
                failures[^1].WriteTo(session.Context.Error);
            }
        }

        if (session.IsJson)
        {
            var json = new JsonObject { ["jobs"] = new JsonArray([.. marked.Select(Json)]) };
            Failure.Merge(failures)?.AddTo(json);
            session.Print(json);
        }
        else
        {
            marked.ForEach(Show);
        }

        return failures.Count == 0 ? ExitCode.Done : failures.Max(failure => failure.Code);
    }

    private void Show(MarkedRecords marked)
    {
        var count = marked.Known.Count + marked.New.Count;
        session.Screen.Line(
            count == 0 ? LedgerStrings.Of("MarkedNone", marked.Job.Name()) : LedgerStrings.Of("Marked", marked.Job.Name(), count)
        );
        if (marked.Known.Count > 0)
        {
            session.Screen.Line("  " + string.Join(' ', marked.Known));
        }

        if (marked.New.Count > 0)
        {
            session.Screen.Line("  " + LedgerStrings.Of("NewOnes", string.Join(' ', marked.New)));
        }

        if (marked.Missing.Count > 0)
        {
            session.Screen.Line(
                "  " + LedgerStrings.Of(marked.Job == SyncJob.Contacts ? "MissingContact" : "MissingDeal", string.Join(' ', marked.Missing))
            );
        }

        if (marked.Unchecked is { } problem)
        {
            session.Say(LedgerStrings.Of("Unchecked", marked.Job.Name(), problem));
        }
    }

    private static JsonObject Json(MarkedRecords marked) =>
        new()
        {
            ["job"] = marked.Job.Name(),
            ["marked"] = Ids([.. marked.Known, .. marked.New]),
            ["new"] = Ids(marked.New),
            ["missing"] = Ids(marked.Missing),
        };

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => JsonValue.Create(id))]);
}
