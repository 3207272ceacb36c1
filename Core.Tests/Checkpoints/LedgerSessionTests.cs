using Azure;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

public sealed class LedgerSessionTests
{
    private readonly VirtualTime time = new(World.Start);
    private readonly MemoryTable table;
    private readonly LedgerSession session;

    public LedgerSessionTests()
    {
        table = new MemoryTable(time);
        session = Open();
    }

    [Fact]
    public void CommitAsync_AnEntryThatOwesNothingMore_MovesToTheSettledRows()
    {
        Commit(null, new LedgerChange(Owing("1")));
        Assert.Equal(["p-1"], Rows());

        Commit(null, new LedgerChange(Settled("1")));

        Assert.Equal(["r-1"], Rows());
        Assert.Empty(session.Pending);
    }

    [Fact]
    public void CommitAsync_ASettledEntryThatOwesAgain_MovesBack()
    {
        Commit(null, new LedgerChange(Settled("1")));

        Commit(null, new LedgerChange(Owing("1")));

        Assert.Equal(["p-1"], Rows());
        Assert.True(session.OwesStatus("1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CommitAsync_Forgotten_LeavesNoRow(bool owes)
    {
        Commit(null, new LedgerChange(owes ? Owing("1") : Settled("1")));

        Commit(null, new LedgerChange(Settled("1"), Forgets: true));

        Assert.Empty(Rows());
        Assert.Empty(Read("1"));
    }

    [Fact]
    public void CommitAsync_EntriesWithTheState_AreOneTransaction()
    {
        table.Calls = 0;

        Commit(new JobState { Delivered = 3 }, [.. Enumerable.Range(1, 49).Select(id => new LedgerChange(Owing($"{id}")))]);

        Assert.Equal(1, table.Calls);
        Assert.Equal(3, session.State.Delivered);
    }

    [Fact]
    public void CommitAsync_MoreThanATransactionTakes_StoresTheStateWithTheLastOfThem()
    {
        var states = new List<int>();
        table.OnStored = entity =>
        {
            if (entity.RowKey == EntityCodec.StateKey)
            {
                states.Add(table.Entities.Count(row => row.RowKey.StartsWith(EntityCodec.PendingPrefix, StringComparison.Ordinal)));
            }
        };

        Commit(new JobState(), [.. Enumerable.Range(1, 250).Select(id => new LedgerChange(Owing($"{id}")))]);

        Assert.True(Assert.Single(states) >= 196, $"the state was stored beside {states[0]} entries");
        Assert.Equal(250, session.Pending.Count);
    }

    [Fact]
    public void CommitAsync_AfterAWriteWithoutAnAnswer_StoresNothingMore()
    {
        table.OnCall = _ => throw new RequestFailedException(503, "busy");
        Assert.Throws<UnavailableException>(() => Commit(null, new LedgerChange(Owing("1"))));
        table.OnCall = _ => Task.FromResult<Exception?>(null);

        Assert.Throws<UnavailableException>(() => Commit(null, new LedgerChange(Owing("2"))));
        Assert.False(session.IsKnown);
        Assert.Empty(Rows());
    }

    [Fact]
    public void ReadAsync_NeverHandled_IsLeftOut()
    {
        Commit(null, new LedgerChange(Settled("1")), new LedgerChange(Owing("2")));
        Close();

        var later = Open();

        Assert.Equal(["1", "2"], time.Run(() => later.ReadAsync(["1", "2", "3"], CancellationToken.None)).Keys.Order());
    }

    [Fact]
    public void Open_ALaterRun_KnowsWhatIsPendingAndTheState()
    {
        Commit(new JobState { RowsInWindow = 7 }, new LedgerChange(Owing("2")), new LedgerChange(Settled("1")));
        Close();

        var later = Open();

        Assert.Equal("2", Assert.Single(later.Pending).Id);
        Assert.Equal(7, later.State.RowsInWindow);
    }

    private static LedgerEntry Owing(string id) => Settled(id) with { StatusOwed = true };

    private static LedgerEntry Settled(string id) => new() { Id = id, Outcome = RecordOutcome.Delivered };

    private LedgerSession Open() =>
        time.Run(() =>
            new JobStore(table, "CONTACT_SYNC_JOB", Fingerprints.KeyedBy("key"), OwnerNames.Random, time).TryOpenAsync(
                CancellationToken.None
            )
        )!;

    private void Commit(JobState? state, params LedgerChange[] changes) => time.Run(() => session.CommitAsync(changes, state));

    private void Close() => time.Run(() => session.CloseAsync(session.State));

    private IEnumerable<string> Read(string id) => time.Run(() => session.ReadAsync([id], CancellationToken.None)).Keys;

    private IEnumerable<string> Rows() =>
        table.Entities.Select(entity => entity.RowKey).Where(key => !key.StartsWith('!')).Order(StringComparer.Ordinal);
}
