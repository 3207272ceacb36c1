using System.CommandLine;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Reconcile;

/// <summary><c>reconcile contacts|deals [--fix]</c>: compares both CRMs record by record.</summary>
internal sealed class ReconcileCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var job = JobArguments.Job();
        var fix = new Option<bool>("--fix") { Description = ReconcileStrings.Of("FixOption") };
        var command = new Command("reconcile", ReconcileStrings.Of("Command")) { job, fix };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () =>
                        new ReconcileCommand(session).RunAsync(
                            parsed.GetRequiredValue(job)!.Value,
                            parsed.GetValue(fix),
                            cancellationToken
                        ),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(SyncJob job, bool fixes, CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var progress = session.Context.IsErrorTerminal ? new CountLine(session.Context.Error) : null;
        var found = await services.GetRequiredService<Reconciler>().CompareAsync(job, progress, cancellationToken);
        progress?.Clear();
        if (!session.IsJson)
        {
            ReconcileText.Show(session.Screen, found);
        }

        var (marked, failure) = fixes
            ? await FixAsync(services.GetRequiredService<LedgerEditor>(), found, cancellationToken)
            : (null, null);
        if (session.IsJson)
        {
            var json = ReconcileJson.Of(found, marked);
            failure?.AddTo(json);
            session.Print(json);
        }

        return failure?.Code ?? ExitCode.Done;
    }

    // What was found is told also when it cannot be marked.
    private async Task<(int? Marked, Failure? Failure)> FixAsync(
        LedgerEditor editor,
        Reconciliation found,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var ids = found.ToMend.ToList();
            if (ids.Count > 0)
            {
                await editor.MarkAsync(found.Job, ids, cancellationToken);
            }

            if (!session.IsJson)
            {
                session.Screen.Line(ids.Count == 0 ? ReconcileStrings.Of("MarkedNone") : ReconcileStrings.Of("Marked", ids.Count));
            }

            return (ids.Count, null);
        }
        catch (JobLockedException error)
        {
            var failure = Failure.Of(error, cancellationToken);
            failure.WriteTo(session.Context.Error);
            return (null, failure);
        }
    }

    private sealed class CountLine(TextWriter error) : IProgress<int>
    {
        private const string EraseLine = "\r\u001b[K";

        public void Report(int value) => error.Write(EraseLine + ReconcileStrings.Of("Compared", value));

        public void Clear() => error.Write(EraseLine);
    }
}
