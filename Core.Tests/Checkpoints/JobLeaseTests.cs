using Azure;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

public sealed class JobLeaseTests
{
    private const string Job = "CONTACT_SYNC_JOB";

    private readonly VirtualTime time = new(World.Start);
    private readonly MemoryTable table;

    public JobLeaseTests() => table = new MemoryTable(time);

    [Fact]
    public void TryOpenAsync_ARunHoldsIt_IsRefusedHoweverLongItRuns()
    {
        var first = Open(table.Client())!;
        time.Advance(TimeSpan.FromMinutes(10)); // it renews its lease

        Assert.Null(Open(table.Client()));
        Assert.False(first.Lost.IsCancellationRequested);
    }

    [Fact]
    public void TryOpenAsync_GivenBack_IsFreeAtOnce()
    {
        Close(Open(table.Client())!);

        Assert.NotNull(Open(table.Client()));
    }

    [Theory]
    [InlineData(55, false)]
    [InlineData(61, true)]
    public void TryOpenAsync_ItsOwnerIsDead_IsFreeWhenItHasRunOut(int seconds, bool isFree)
    {
        var connection = table.Client();
        Open(connection);
        Die(connection);
        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isFree, Open(table.Client()) is not null);
    }

    [Fact]
    public void CommitAsync_AnotherRunHasTakenItOver_StoresNothing()
    {
        var connection = table.Client();
        var stale = Open(connection)!;
        Die(connection);
        time.Advance(TimeSpan.FromMinutes(2));
        Close(Open(table.Client())!);
        Revive(connection);

        Assert.Throws<LeaseLostException>(() => Commit(stale));
        Assert.DoesNotContain(table.Entities, entity => entity.RowKey.EndsWith("-1", StringComparison.Ordinal));
    }

    [Fact]
    public void CommitAsync_OnlyTheAnswerIsLost_KnowsItsOwnWriteAgain()
    {
        var connection = table.Client();
        var session = Open(connection)!;
        connection.Around = (_, carryOut) =>
        {
            carryOut();
            carryOut(); // the storage's client repeats what got no answer
            return Task.CompletedTask;
        };

        Commit(session);

        Assert.Single(session.Pending);
    }

    [Fact]
    public void Lost_NoRenewalIsAnswered_IsSignalledBeforeAnotherRunCanBegin()
    {
        var connection = table.Client();
        var session = Open(connection)!;
        Die(connection);

        time.Advance(TimeSpan.FromSeconds(51));

        Assert.True(session.Lost.IsCancellationRequested);
        Assert.Null(Open(table.Client()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Close_WhatIsStoredIsNotKnown_LeavesTheLeaseToRunOut(bool inOrder)
    {
        var connection = table.Client();
        var session = Open(connection)!;
        Die(connection);
        Assert.Throws<UnavailableException>(() => Commit(session));
        Revive(connection);

        time.Run(() => inOrder ? session.CloseAsync(session.State) : session.DisposeAsync().AsTask());

        time.Advance(TimeSpan.FromSeconds(45));
        Assert.Null(Open(table.Client()));
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.NotNull(Open(table.Client()));
    }

    private LedgerSession? Open(MemoryTable connection) =>
        time.Run(() =>
            new JobStore(connection, Job, Fingerprints.KeyedBy("key"), OwnerNames.Random, time).TryOpenAsync(CancellationToken.None)
        );

    private void Close(LedgerSession session) => time.Run(() => session.CloseAsync(session.State));

    private void Commit(LedgerSession session) =>
        time.Run(() => session.CommitAsync([new LedgerChange(new LedgerEntry { Id = "1", StatusOwed = true })], null));

    // Its renewals do not get through any more.
    private static void Die(MemoryTable connection) => connection.OnCall = _ => throw new RequestFailedException(503, "busy");

    private static void Revive(MemoryTable connection) => connection.OnCall = _ => Task.FromResult<Exception?>(null);
}
