using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Jobs;

namespace B24Otmechalka.Sandbox.Once;

/// <summary>
/// Runs each job once over the sample data, prints what became of each record, checks it against what the sample data
/// expects, and runs both once more, which must change nothing (docs/spec.md, section 6, invariant 3).
/// </summary>
internal sealed class OnceRun(RunningSandbox sandbox, TextWriter output)
{
    private static readonly SyncJob[] Jobs = [SyncJob.Contacts, SyncJob.Deals];

    private readonly List<string> problems = [];

    /// <returns>Whether everything came out as expected.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var job in Jobs)
        {
            var run = await RunAsync(job, cancellationToken);
            await PrintRecordsAsync(job, cancellationToken);
            Line($"{job.Name()}: {RunLine.Of(run)}");
            Line();
        }

        await CheckSecondPassAsync(cancellationToken);
        Line();
        Line(
            problems.Count == 0
                ? "Everything came out as the sample data expects."
                : $"{problems.Count} things did not come out as expected:"
        );
        problems.ForEach(problem => Line("  " + problem));
        return problems.Count == 0;
    }

    private async Task<LoggedRun> RunAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var run = await sandbox.Jobs.RunAsync(job, RunTrigger.Person, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (run.Report?.Outcome != RunOutcome.Completed)
        {
            problems.Add($"{job.Name()} was not completed: {RunLine.Of(run)}");
        }

        return run;
    }

    private async Task PrintRecordsAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var expectations = Expectation.Load(job);
        foreach (var record in await ReadAsync(job, cancellationToken))
        {
            var unexpected = Expectation.Check(expectations, record);
            Line(
                $"{(job == SyncJob.Contacts ? "contact" : "deal")} {record.Id}  {record.Who}: "
                    + $"{record.Outcome}{(unexpected is null ? "" : " – NOT AS EXPECTED")}"
            );
            Line($"    sample      {record.Why}");
            Line($"    status      {record.Status ?? "–"}");
            Line($"    otmechalka  {record.Otmechalka ?? "–"}");
            if (unexpected is not null)
            {
                problems.Add($"{record.Id}: {unexpected}");
            }
        }
    }

    private async Task CheckSecondPassAsync(CancellationToken cancellationToken)
    {
        var before = await ReadAllAsync(cancellationToken);
        Line("Both jobs once more:");
        foreach (var job in Jobs)
        {
            var run = await RunAsync(job, cancellationToken);
            Line($"{job.Name()}: {RunLine.Of(run)}");
            if (run.Report is not { Created: 0, Updated: 0, StatusesWritten: 0, StatusesOwed: 0 })
            {
                problems.Add($"{job.Name()} does not settle: the second run still wrote something.");
            }
        }

        foreach (var (first, second) in before.Zip(await ReadAllAsync(cancellationToken)))
        {
            if (first with { Entry = null } != second with { Entry = null })
            {
                problems.Add($"{first.Id}: the second run changed it.");
            }
        }

        problems.AddRange(sandbox.Crms.Otmechalka.Store.Doubles.Select(twice => $"{twice} exists twice in otmechalka."));
    }

    private async Task<List<RecordView>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var all = new List<RecordView>();
        foreach (var job in Jobs)
        {
            all.AddRange(await ReadAsync(job, cancellationToken));
        }

        return all;
    }

    private async Task<IEnumerable<RecordView>> ReadAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var ledger = await sandbox.Jobs.InspectAsync(job, cancellationToken);
        var records = job == SyncJob.Contacts ? sandbox.Crms.Portal.Contacts : sandbox.Crms.Portal.Deals;
        return records.Ids.Select(id => RecordView.Read(job, id, ledger, sandbox.Crms));
    }

    // Names and statuses come from cards: nothing in them may act on the terminal.
    private void Line(string text = "") => output.WriteLine(PrintableText.OneLine(text));
}
