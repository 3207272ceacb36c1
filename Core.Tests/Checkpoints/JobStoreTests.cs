using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

public sealed class JobStoreTests
{
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

    private JobStore Store => new(table, Job, Fingerprints.KeyedBy("key"), OwnerNames.Random, TimeProvider.System);

    // The same for who reads one range before a transaction that moves the entry, and the other range after it.
    private async Task StoreBothAsync()
    {
        await table.AddEntityAsync(
            EntityCodec.Write(
                Job,
                new LedgerEntry
                {
                    Id = "1",
                    Outcome = RecordOutcome.Refused,
                    NextTry = DateTimeOffset.UnixEpoch,
                }
            )
        );
        await table.AddEntityAsync(EntityCodec.Write(Job, new LedgerEntry { Id = "1", Outcome = RecordOutcome.Delivered }));
    }
}
