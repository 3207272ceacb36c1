using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sync;

public sealed class SyncRunnerTests
{
    [Theory]
    [InlineData(SyncJob.Contacts)]
    [InlineData(SyncJob.Deals)]
    public void RunAsync_NothingChanges_SettlesAtOneReadAndThreeStorageCalls(SyncJob job)
    {
        var world = World.Sample();
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(RunOutcome.Completed, world.Sync(job).Outcome);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        world.Table.Calls = 0;
        var settled = world.Sync(job);

        Assert.Equal(RunOutcome.Completed, settled.Outcome);
        Assert.Equal((0, 1, 0, 0), (settled.Read, settled.Bitrix24Requests, settled.OtmechalkaRequests, settled.StatusesWritten));
        // A deal that waits for its client costs two look-ups into the contacts' ledger.
        Assert.Equal(3 + (job == SyncJob.Deals ? 2 * settled.Waiting : 0), world.Table.Calls);
    }
}
