using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Configuration;
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
        ("Read", report => Number(report.Read)),
        ("Created", report => Number(report.Created)),
        ("Updated", report => Number(report.Updated)),
        ("Unchanged", report => Number(report.Unchanged)),
        ("Out of scope", report => Number(report.OutOfScope)),
        ("Failed", report => Number(report.Failed)),
        ("Statuses", report => Number(report.StatusesWritten)),
        ("Owed", report => report.StatusesOwed is { } owed ? Number(owed) : ""),
        ("Checkpoint", report => Moment.Text(report.Checkpoint) ?? ""),
    ];

    private readonly Dictionary<SyncJob, (Cell State, RunReport? Report)> rows = jobs.ToDictionary(
        job => job,
        _ => (new Cell("waits", Tone.Faint), (RunReport?)null)
    );
    private readonly LogTail log = new();
    private readonly TimeProvider time = session.Context.Time;
    private string footer = "";

    public async Task<int> RunAsync(IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        await using var services = session.Build(settings, log);
        var code = ExitCode.Done;
        await terminal
            .Live(Draw())
            .StartAsync(async live =>
            {
                var round = new SyncRound(services.GetRequiredService<SyncRunner>(), jobs)
                {
                    Progress = new Drawing(report => Show(live, report.Job, new Cell("running", Tone.Caution), report)),
                    Ended = report => Show(live, report.Job, Ending(report), report),
                    Failed = (job, failure) =>
                    {
                        failure.WriteTo(log);
                        Show(live, job, new Cell("failed", Tone.Bad), null);
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
        return code;
    }

    public void Dispose() => log.Dispose();

    private async Task RestAsync(LiveDisplayContext live, DateTimeOffset until, CancellationToken cancellationToken)
    {
        for (var left = until - time.GetUtcNow(); left > TimeSpan.Zero; left = until - time.GetUtcNow())
        {
            footer = string.Create(CultureInfo.InvariantCulture, $"next run in {Math.Ceiling(left.TotalSeconds):0} s; Ctrl+C ends");
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
            .AddColumns([.. rows.Keys.Select(job => new TableColumn(SyncText.Name(job)).Width(30))]);
        Row("State", row => Screen.Styled(row.State));
        foreach (var (name, figure) in Figures)
        {
            Row(name, row => new Text(row.Report is { } report ? figure(report) : ""));
        }

        return new Rows([table, .. log.Lines.Select(line => new Text(line, new Style(Color.Grey))), new Text(footer)]);

        void Row(string name, Func<(Cell State, RunReport? Report), IRenderable> cell) =>
            table.AddRow([new Text(name), .. rows.Values.Select(cell)]);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private Cell Ending(RunReport report) =>
        report.Outcome switch
        {
            RunOutcome.Completed => new Cell(FormattableString.Invariant($"completed {time.GetLocalNow():HH:mm:ss}"), Tone.Good),
            RunOutcome.BudgetSpent => new Cell("time budget spent", Tone.Caution),
            RunOutcome.AlreadyRunning => new Cell("another run holds the lock", Tone.Caution),
            _ => new Cell("interrupted: " + report.Reason, Tone.Bad),
        };

    private sealed class Drawing(Action<RunReport> show) : IProgress<RunReport>
    {
        public void Report(RunReport value) => show(value);
    }
}
