using System.Text.RegularExpressions;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>How a seed came out.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violation">What is wrong; <see langword="null"/> when nothing is.</param>
/// <param name="Trace">What happened.</param>
internal sealed record StoryEnd(int Seed, string? Violation, Trace Trace);

/// <summary>
/// One seed from its beginning to its end: first timers fire while people work and things go wrong, then all of that stops,
/// and a bounded number of runs has to bring both CRMs where the oracle says, and fall silent.
/// </summary>
internal sealed partial class Story
{
    /// <summary>How long after the last fault the runs of the end begin, each pair after the one before.</summary>
    private static readonly TimeSpan[] Soon =
    [
        TimeSpan.FromSeconds(100),
        TimeSpan.FromSeconds(61),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(1),
    ];

    private static readonly TimeSpan[] HoursLater = [TimeSpan.FromMinutes(30), TimeSpan.FromHours(3)];

    private static readonly TimeSpan[] DaysLater =
    [
        TimeSpan.FromHours(25),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromHours(25),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(2),
    ];

    private readonly SimulatedWorld world;
    private SimulatedProcess? current;
    private OtmechalkaCall? lastChange;
    private int processes;
    private bool isCalmProcess;

    private Story(int seed) => world = new SimulatedWorld(seed);

    /// <summary>Plays a seed.</summary>
    public static StoryEnd Play(int seed)
    {
        var story = new Story(seed);
        try
        {
            story.world.Time.Run(story.PlayAsync);
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            story.world.Watch.Fail(error.ToString());
        }

        return new StoryEnd(seed, story.world.Watch.Violation, story.world.Trace);
    }

    private async Task PlayAsync()
    {
        world.People.Populate();
        world.Crms.Bitrix24Endpoint.OnRequest = request => Meddle(request, null);
        world.Crms.OtmechalkaEndpoint.OnRequest = request => Meddle(request, OtmechalkaCall.Of(request.Method, request.Path, request.Body));
        var people = PeopleAsync();
        for (var i = 0; i < world.Climate.Ticks; i++)
        {
            await TickAsync();
            await Task.Delay(
                world.Seconds(
                    world.Random.Next(4) switch
                    {
                        < 2 => 20,
                        2 => 90,
                        _ => 600,
                    }
                ),
                world.Time
            );
        }

        world.Watch.IsCalm = true;
        world.Http.Stop(forgives: !world.Chance(0.3));
        world.Storage.Stop();
        await people;
        world.Trace.Add("calm");
        await EndAsync();
    }

    private async Task EndAsync()
    {
        var oracle = new Oracle(world);
        await CalmTicksAsync(Soon);
        Check(oracle.Judge(isSoon: true, isResynced: false));
        await CalmTicksAsync(HoursLater);
        Check(oracle.Judge(isSoon: false, isResynced: false));
        var silence = await CalmTicksAsync(DaysLater);
        Check(oracle.Judge(isSoon: false, isResynced: true));
        if (silence.Length > 0)
        {
            world.Watch.Fail("no silence: " + silence);
        }
    }

    private void Check(string? wrong)
    {
        if (wrong is not null)
        {
            world.Watch.Fail(wrong);
        }
    }

    private async Task<string> CalmTicksAsync(TimeSpan[] waits)
    {
        var silence = "";
        foreach (var wait in waits)
        {
            silence = await CalmTickAsync(wait);
        }

        return silence;
    }

    private async Task<string> CalmTickAsync(TimeSpan wait)
    {
        await Task.Delay(wait, world.Time);
        world.Housekeeping.Reform();
        if (world.Watch.Violation is not null)
        {
            return "";
        }

        current = current is { IsDead: false } && !world.Chance(0.3) && isCalmProcess ? current : Begin(int.MaxValue);
        isCalmProcess = true;
        var noise = "";
        foreach (var job in new[] { SyncJob.Contacts, SyncJob.Deals })
        {
            var report = await RunAsync(current, job);
            if (report is not { Outcome: RunOutcome.Completed, Bitrix24Requests: 1, OtmechalkaRequests: 0, StatusesWritten: 0 })
            {
                noise +=
                    $"{job} {report?.Outcome} {report?.Reason} b24 {report?.Bitrix24Requests} otm {report?.OtmechalkaRequests} "
                    + $"written {report?.StatusesWritten}; ";
            }
        }

        return noise;
    }

    private async Task TickAsync()
    {
        if (current is not { IsDead: false } || current.Runs.Count > 0 || world.Chance(0.5))
        {
            current = Begin(world.Chance(world.Climate.Deaths) ? world.Random.Next(1, 400) : int.MaxValue);
        }

        if (world.Climate.IsCrowded && world.Chance(0.4))
        {
            await world.People.BurstAsync();
        }

        if (world.Chance(world.Climate.OtmechalkaFaults))
        {
            world.Http.FailForAWhile();
        }

        if (world.Chance(world.Climate.Bitrix24Faults))
        {
            world.Http.HangForAWhile();
        }

        var runs = new List<Task> { RunAsync(current, SyncJob.Contacts) };
        if (world.Chance(0.5))
        {
            await runs[0];
        }

        runs.Add(RunAsync(current, SyncJob.Deals));
        if (world.Chance(world.Climate.Overlaps))
        {
            var other = Begin(world.Chance(world.Climate.Deaths) ? world.Random.Next(1, 400) : int.MaxValue);
            await Task.Delay(world.Seconds(world.Random.Next(2) == 0 ? 1 : 150), world.Time);
            runs.Add(RunAsync(other, world.Random.Next(2) == 0 ? SyncJob.Contacts : SyncJob.Deals));
        }

        await Task.WhenAll(runs);
        if (lastChange is { } change && world.Chance(0.4))
        {
            world.People.TakeBackChange(change.Kind, change.Id);
        }

        lastChange = null;
    }

    private SimulatedProcess Begin(int lives)
    {
        var skew = TimeSpan.FromSeconds(world.Climate.Skew * world.Random.Next(-1, 2));
        var process = new SimulatedProcess(world, ++processes, lives, skew);
        world.Watch.Know(process);
        world.Trace.Add($"{process} begins, configuration {world.Variant}, clock {skew.TotalSeconds}");
        return process;
    }

    private async Task<RunReport?> RunAsync(SimulatedProcess process, SyncJob job)
    {
        if (process.IsDead || process.Runs.ContainsKey(job))
        {
            return null;
        }

        world.Trace.Add($"{process} {job}");
        var run = process.Runs[job] = new SimulatedRun(job, world.Trace.Sequence, world.Watch.IsCalm);
        world.Watch.Began(run);
        using var cancellation = new CancellationTokenSource(
            !world.Watch.IsCalm && world.Chance(world.Climate.Cancellations) ? world.Seconds(30) : Timeout.InfiniteTimeSpan,
            world.Time
        );
        var running = process.Start(job, cancellation.Token);
        await Task.WhenAny(running, process.Death);
        if (!running.IsCompleted)
        {
            return null;
        }

        process.Runs.Remove(job);
        try
        {
            var report = await running;
            world.Watch.Ended(process, run, report);
            return report;
        }
        catch (Exception error)
        {
            world.Watch.Fail($"{process} {job} threw {error}");
            return null;
        }
    }

    private async Task PeopleAsync()
    {
        while (!world.Watch.IsCalm)
        {
            await Task.Delay(world.Seconds(90), world.Time);
            if (!world.Watch.IsCalm)
            {
                world.People.Act();
                world.Housekeeping.Act();
            }
        }
    }

    // People do what hurts most: they work with the very card that is being sent, and move the deal whose details are being read.
    private void Meddle(SandboxRequest request, OtmechalkaCall? call)
    {
        lastChange = call is { IsSearch: false, IsCreate: false } ? call : lastChange;
        if (world.Watch.IsCalm || !world.Chance(world.Climate.Meddling))
        {
            return;
        }

        var isPointed = world.Chance(0.4);
        if (isPointed && call is not null)
        {
            world.People.WorkOn(call.Kind, call.Id);
        }
        else if (isPointed && DetailsRead().Match(request.Body) is { Success: true } details)
        {
            world.People.TakeBack(details.Groups[1].Value);
        }
        else
        {
            world.People.Act();
        }
    }

    [GeneratedRegex(@"crm\.deal\.productrows\.get\?id=([0-9]+)")]
    private static partial Regex DetailsRead();
}
