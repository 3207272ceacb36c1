<<<<<<< HEAD
using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
=======
using B24Otmechalka.Core.Checkpoints;
>>>>>>> 8de1ff8b86ee4c52431b5aa256913702a5673b6b
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

public sealed class JobStoreTests
{
<<<<<<< HEAD
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
=======
    private const string Job = "CONTACT_SYNC_JOB";

    private readonly MemoryTable table = new(TimeProvider.System);

    [Theory]
    [InlineData(1)]
    [InlineData(30)] // so many are read as a range
    public async Task PeekAsync_EntryIsSettledMeanwhile_TakesTheSettledOne(int ids)
    {
        await StoreBothAsync();

        var entries = await Store.PeekAsync([.. Enumerable.Range(1, ids).Select(id => $"{id}")], CancellationToken.None);

        Assert.Equal(RecordOutcome.Delivered, Assert.Single(entries).Value.Outcome);
    }

    [Fact]
    public async Task InspectAsync_EntryIsSettledMeanwhile_ShowsItOnce()
    {
        await StoreBothAsync();

        Assert.Equal(RecordOutcome.Delivered, Assert.Single((await Store.InspectAsync(CancellationToken.None)).Entries).Outcome);
    }

    private JobStore Store => new(table, Job, TimeProvider.System);

    // The same for who reads one range before a transaction that moves the entry, and the other range after it.
    private async Task StoreBothAsync()
    {
        await table.AddEntityAsync(EntityCodec.Write(Job, new LedgerEntry { Id = "1", Outcome = RecordOutcome.Refused, NextTry = DateTimeOffset.UnixEpoch }));
        await table.AddEntityAsync(EntityCodec.Write(Job, new LedgerEntry { Id = "1", Outcome = RecordOutcome.Delivered }));
>>>>>>> 8de1ff8b86ee4c52431b5aa256913702a5673b6b
    }
}
