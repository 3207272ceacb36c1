using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace B24Otmechalka.Cli.Sync;

/// <summary><c>sync --watch</c> on a terminal: both jobs in a table that stays in its place, the latest messages below.</summary>
internal sealed class LiveWatch(Session session, Settings settings, IReadOnlyList<SyncJob> jobs, TimeSpan interval) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly (string Name, Func<RunReport, string> Text)[] Figures =
    [
        ("LiveRead", report => Number(report.Read)),
        ("LiveCreated", report => Number(report.Created)),
        ("LiveUpdated", report => Number(report.Updated)),
        ("LiveUnchanged", report => Number(report.Unchanged)),
        ("LiveOutOfScope", report => Number(report.OutOfScope)),
        ("LiveErrors", report => Number(report.Failed)),
        ("LiveStatuses", report => Number(report.StatusesWritten)),
        ("LiveOwed", report => report.StatusesOwed is { } owed ? Number(owed) : ""),
        ("LiveCheckpoint", report => Moment.Text(report.Checkpoint) ?? ""),
    ];

    private readonly Dictionary<SyncJob, (Cell State, RunReport? Report)> rows = jobs.ToDictionary(
        job => job,
        _ => (new Cell(SyncStrings.Of("LiveWaits"), Tone.Faint), (RunReport?)null)
    );
    private readonly LogTail log = new();
    private readonly TimeProvider time = session.Context.Time;
    private string footer = "";

    public async Task<int> RunAsync(IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        await using var services = session.Build(settings, log);
        var code = ExitCode.Done;
        session.Context.Notice.Instead = text => footer = text; // in the view; between its lines it would break them
        await terminal
            .Live(Draw())
            .StartAsync(async live =>
            {
                var round = new SyncRound(services.GetRequiredService<SyncRunner>(), jobs)
                {
                    Progress = new Drawing(report => Show(live, report.Job, new Cell(SyncStrings.Of("LiveRunning"), Tone.Caution), report)),
                    Ended = report => Show(live, report.Job, Ending(report), report),
                    Failed = (job, failure) =>
                    {
                        failure.WriteTo(log);
                        Show(live, job, new Cell(SyncStrings.Of("LiveFailed"), Tone.Bad), null);
                    },
                };
                code = await new WatchLoop(interval, time).RunAsync(
                    async () => (await round.RunAsync(cancellationToken)).Code,
                    (until, token) => RestAsync(live, until, token),
                    cancellationToken
                );
                footer = "";
                live.UpdateTarget(Draw());
            });
        session.Context.Notice.Instead = null;
        return code;
    }

    public void Dispose() => log.Dispose();

    private async Task RestAsync(LiveDisplayContext live, DateTimeOffset until, CancellationToken cancellationToken)
    {
        for (var left = until - time.GetUtcNow(); left > TimeSpan.Zero; left = until - time.GetUtcNow())
        {
            footer = SyncStrings.Of("LiveNext", (int)Math.Ceiling(left.TotalSeconds));
            live.UpdateTarget(Draw());
            await Task.Delay(left < Tick ? left : Tick, time, cancellationToken);
        }

        footer = "";
    }

    private void Show(LiveDisplayContext live, SyncJob job, Cell state, RunReport? report)
    {
        rows[job] = (state, report ?? rows[job].Report);
        live.UpdateTarget(Draw());
    }

    // A column for each job: that fits a terminal of eighty columns.
    private Rows Draw()
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumn("")
            .AddColumns([.. rows.Keys.Select(job => new TableColumn(JobWords.Records(job)).Width(30))]);
        Row("LiveState", row => Screen.Styled(row.State));
        foreach (var (name, figure) in Figures)
        {
            Row(name, row => new Text(row.Report is { } report ? figure(report) : ""));
        }

        return new Rows([table, .. log.Lines.Select(line => new Text(line, new Style(Color.Grey))), new Text(footer)]);

        void Row(string name, Func<(Cell State, RunReport? Report), IRenderable> cell) =>
            table.AddRow([new Text(SyncStrings.Of(name)), .. rows.Values.Select(cell)]);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private Cell Ending(RunReport report) =>
        report.Outcome switch
        {
            RunOutcome.Completed => new Cell(SyncStrings.Of("LiveCompleted", Moment.Time(session.Now)), Tone.Good),
            RunOutcome.BudgetSpent => new Cell(SyncStrings.Of("LiveBudget"), Tone.Caution),
            RunOutcome.AlreadyRunning => new Cell(SyncStrings.Of("LiveLocked"), Tone.Caution),
            _ => new Cell(SyncStrings.Of("LiveInterrupted", Reasons.Of(report)), Tone.Bad),
        };

    private sealed class Drawing(Action<RunReport> show) : IProgress<RunReport>
    {
        public void Report(RunReport value) => show(value);
    }
}
