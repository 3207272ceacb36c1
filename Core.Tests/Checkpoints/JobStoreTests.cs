using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

public sealed class JobStoreTests
{
    private readonly World world = World.Empty();

    [Theory]
    [InlineData(1)]
    [InlineData(30)] // so many that the whole partition is read
    public async Task Peek_EntryMovesMeanwhile_IsSeenOnce(int ids)
    {
        // As a look without the lock may find it: under the key it leaves, and under the one it goes to.
        foreach (var key in new[] { "p-1", "r-1" })
        {
            await world.Table.AddEntityAsync(new TableEntity(SyncJob.Contacts.Name(), key) { ["Outcome"] = "Delivered" });
        }

        var store = new JobStore(world.Table, SyncJob.Contacts.Name(), world.Time);
        var found = await store.PeekAsync([.. Enumerable.Range(1, ids).Select(id => TestCards.Text(id))], CancellationToken.None);
        var inspected = await store.InspectAsync(CancellationToken.None);

        Assert.Equal("1", Assert.Single(found).Key);
        Assert.Single(inspected.Entries);
    }
}
