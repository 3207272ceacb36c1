using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// Two runs of a job never overlap, wherever they were started (docs/spec.md, section 2); a killed process frees its lock within 90 s
/// (docs/spec.md, section 9).
/// </summary>
public sealed class LockTests
{
    private readonly World world = World.Empty();

    [Fact]
    public void Run_TwoAtOnce_OneWorksAndTheOtherSaysSo()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.AddContacts(10);

        var reports = world.Time.Run(() =>
            Task.WhenAll(RunAsync(SyncJob.Contacts), RunAsync(SyncJob.Contacts), RunAsync(SyncJob.Contacts))
        );

        Assert.Equal(
            [RunOutcome.Completed, RunOutcome.AlreadyRunning, RunOutcome.AlreadyRunning],
            reports.Select(report => report.Outcome).Order()
        );
        Assert.Equal((10, 0), (world.Crms.Otmechalka.Store.ClientCount, world.Crms.Otmechalka.Store.Doubles.Count));
    }

    [Fact]
    public void Run_AlreadyRunning_CallsNeitherCrm()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.AddContacts(3);
        RunReport? second = null;

        world.Time.Run(async () =>
        {
            var first = RunAsync(SyncJob.Contacts);
            await Task.Delay(TimeSpan.FromMilliseconds(100), world.Time);
            second = await RunAsync(SyncJob.Contacts);
            await first;
        });

        Assert.Equal((RunOutcome.AlreadyRunning, 0, 0), (second!.Outcome, second.Bitrix24Requests, second.OtmechalkaRequests));
    }

    [Fact]
    public void Run_BothJobsAtOnce_DoNotHinderEachOther()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.AddDeal(world.AddContact());

        var reports = world.Time.Run(() => Task.WhenAll(RunAsync(SyncJob.Contacts), RunAsync(SyncJob.Deals)));

        Assert.All(reports, report => Assert.Equal(RunOutcome.Completed, report.Outcome));
    }

    [Fact]
    public void Run_LastsLongerThanTheLocksTimeToLive_KeepsIt()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.Crms.Otmechalka.Options.Latency = TimeSpan.FromSeconds(10);
        world.AddContacts(40);
        var others = new List<RunOutcome>();

        var report = world.Time.Run(async () =>
        {
            var first = RunAsync(SyncJob.Contacts);
            while (!first.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromSeconds(20), world.Time);
                others.Add(first.IsCompleted ? RunOutcome.AlreadyRunning : (await RunAsync(SyncJob.Contacts)).Outcome);
            }

            return await first;
        });

        Assert.Equal((RunOutcome.Completed, 40), (report.Outcome, report.Created));
        Assert.InRange(report.DurationSeconds, 180, 400);
        Assert.All(others, outcome => Assert.Equal(RunOutcome.AlreadyRunning, outcome));
    }

    [Fact]
    public void Run_OwnerDied_LockIsFreeWithin90SecondsAndNotAtOnce()
    {
        world.AddContacts(3);
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
        {
            world.Time.Kill();
            return Fault.Hang;
        };
        Assert.Throws<ProcessDiedException>(() => world.SyncContacts());
        world.Crms.OtmechalkaEndpoint.FaultOf = null;

        Assert.Equal(RunOutcome.AlreadyRunning, world.SyncContacts().Outcome);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(RunOutcome.AlreadyRunning, world.SyncContacts().Outcome);
        world.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((RunOutcome.Completed, 3), (world.SyncContacts().Outcome, world.Crms.Otmechalka.Store.ClientCount));
    }

    [Fact]
    public void Run_EndsInWhateverWay_GivesTheLockBackAtOnce()
    {
        world.AddContact();
        world.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Refuse;
        Assert.Equal(RunOutcome.Interrupted, world.SyncContacts().Outcome);
        world.Crms.OtmechalkaEndpoint.FaultOf = null;
        Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
        Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
    }

    [Fact]
    public void Run_LockCannotBeRenewed_StopsBeforeItRunsOut()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.Crms.Otmechalka.Options.Latency = TimeSpan.FromSeconds(25);
        world.AddContacts(30);
        var isDown = false;
        world.Table.OnCall = name =>
            isDown && name == "transaction" ? throw new Azure.RequestFailedException(503, "busy") : Task.FromResult<Exception?>(null);
        world.Crms.OtmechalkaEndpoint.OnRequest = _ => isDown = true;

        var report = world.SyncContacts();

        Assert.Equal(RunOutcome.Interrupted, report.Outcome);
        Assert.InRange(report.DurationSeconds, 1, 60);
    }

    [Fact]
    public void Run_RenewalWaitsForAnAnswer_SendsNothingMoreBeforeTheLockRunsOut()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.Crms.Otmechalka.Options.Latency = TimeSpan.FromSeconds(25);
        world.AddContacts(30);
        var (isDown, start, last) = (false, world.Time.GetUtcNow(), TimeSpan.Zero);
        world.Table.OnCall = async name =>
        {
            if (!isDown || name != "transaction")
            {
                return null;
            }

            await Task.Delay(TimeSpan.FromSeconds(64), world.Time); // as long as the SDK tries
            throw new Azure.RequestFailedException(0, "no answer");
        };
        world.Crms.OtmechalkaEndpoint.OnRequest = _ => (isDown, last) = (true, world.Time.GetUtcNow() - start);

        var report = world.SyncContacts();

        Assert.Equal(RunOutcome.Interrupted, report.Outcome);
        Assert.InRange(last, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(55));
    }

    [Fact]
    public void Run_LockTakenOver_StopsAndStoresNothingMore()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.Crms.Otmechalka.Options.Latency = TimeSpan.FromSeconds(5);
        world.AddContacts(40);
        var taken = false;
        world.Crms.OtmechalkaEndpoint.OnRequest = _ =>
        {
            if (!taken && world.Crms.OtmechalkaEndpoint.Traffic.Requests > 20)
            {
                taken = true;
                TakeOver();
            }
        };

        var report = world.SyncContacts();

        Assert.Equal(RunOutcome.AlreadyRunning, report.Outcome);
        Assert.Contains("taken the lock over", report.Reason, StringComparison.Ordinal);
        var stored = world.Table.Entities.Single(entity => entity.RowKey == "!lock");
        Assert.Equal("other", stored.GetString("Owner"));
    }

    /// <summary>Another owner's row replaces the lock's, as after a freeze of more than a minute.</summary>
    private void TakeOver()
    {
        var row = new Azure.Data.Tables.TableEntity("CONTACT_SYNC_JOB", "!lock") { ["Owner"] = "other", ["Commit"] = "other:1" };
        _ = world.Table.UpdateEntityAsync(row, Azure.ETag.All, Azure.Data.Tables.TableUpdateMode.Replace);
    }

    private async Task<RunReport> RunAsync(SyncJob job)
    {
        await using var process = world.Process();
        return await process.GetRequiredService<SyncRunner>().RunAsync(job, CancellationToken.None);
    }
}
