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

    private readonly Dictionary<SyncJob, (Cell State, RunReport? Report)> rows = jobs.ToDictionary(job => job, _ => (new Cell("waits", Tone.Faint), (RunReport?)null));
    private readonly LogTail log = new();
    private readonly TimeProvider time = session.Surroundings.Time;
    private string footer = "";

    public async Task<int> RunAsync(IAnsiConsole terminal, CancellationToken cancellationToken)
    {
        await using var services = session.Build(settings, log);
        var code = ExitCode.Done;
        await terminal.Live(Draw()).StartAsync(async live =>
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
                cancellationToken);
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

    private Rows Draw()
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("Job", "State", "Read", "Created", "Updated", "Unchanged", "Out of scope", "Failed", "Statuses", "Owed", "Checkpoint");
        foreach (var (job, (state, report)) in rows)
        {
            var counts = new[] { report?.Read, report?.Created, report?.Updated, report?.Unchanged, report?.OutOfScope, report?.Failed, report?.StatusesWritten, report?.StatusesOwed };
            table.AddRow(new IRenderable[] { new Text(SyncText.Name(job)), Screen.Styled(state) }
                .Concat(counts.Select(count => new Text(count?.ToString(CultureInfo.InvariantCulture) ?? "")))
                .Append(new Text(Moment.Text(report?.Checkpoint) ?? "")));
        }

        return new Rows([table, .. log.Lines.Select(line => new Text(line, new Style(Color.Grey))), new Text(footer)]);
    }

    private Cell Ending(RunReport report) => report.Outcome switch
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
