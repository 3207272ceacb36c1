using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// Entities as an older or newer version, or a person in a storage explorer, left them: each column is read or absent, and
/// never stops a run.
/// </summary>
public sealed class EntityTests
{
    private static readonly string[] StateColumns =
    [
        "Checkpoint",
        "ReadAfter",
        "Floor",
        "ReadUpTo",
        "SweptAt",
        "Resyncing",
        "CompletedAt",
        "Rules",
        "Delivered",
        "Recent",
    ];

    private static readonly string[] EntryColumns =
    [
        "Outcome",
        "PayloadHash",
        "StatusHash",
        "StatusOwed",
        "Forced",
        "Attempts",
        "NextTry",
        "FailingSince",
        "Code",
        "WaitsFor",
        "WaitsSince",
        "DeliveredAt",
        "Modified",
    ];

    private static readonly Gen<object?> Value = Gen.OneOf(
        Choice.Of<object?>(
            null,
            "",
            " ",
            "Delivered",
            "77",
            "-1",
            "2020-12-21T10:19:34+03:00",
            "вчера",
            0,
            -5,
            int.MaxValue,
            long.MaxValue,
            1.5,
            double.NaN,
            true,
            false,
            Guid.Empty,
            DateTimeOffset.UnixEpoch
        ),
        Gen.Byte.Array[0, 20].Select(bytes => (object?)bytes),
        Gen.String[0, 40].Select(text => (object?)text),
        FieldGen.DateText.Select(text => (object?)text),
        Gen.Int.Select(number => (object?)number)
    );

    [Fact]
    public void ReadState_AnyColumns_IsReadable() =>
        Columns(StateColumns)
            .Sample(columns => Assert.NotNull(EntityCodec.Write("job", EntityCodec.ReadState(Entity("!state", columns)))), iter: 8_000);

    [Fact]
    public void TryReadEntry_AnyColumns_IsReadable() =>
        Gen.Select(Columns(EntryColumns), Choice.Of("r-1", "p-1", "p-9223372036854775807"))
            .Sample(
                (columns, key) =>
                {
                    var entry = Assert.Single(EntityCodec.TryReadEntry(Entity(key, columns)));
                    Assert.True(Enum.IsDefined(entry.Outcome));
                    Assert.Equal(entry, Assert.Single(EntityCodec.TryReadEntry(EntityCodec.Write("job", entry))));
                },
                iter: 8_000
            );

    [Theory]
    [InlineData("r-")]
    [InlineData("p-0")]
    [InlineData("p-007")]
    [InlineData("p--1")]
    [InlineData("p-+1")]
    [InlineData("p- 1")]
    [InlineData("r-1 ")]
    [InlineData("p-99999999999999999999")]
    [InlineData("r-٣")]
    [InlineData("P-1")]
    [InlineData("q")]
    [InlineData("backup")]
    public void TryReadEntry_RowThatIsNotOurs_IsLeftOut(string key) =>
        Assert.Empty(EntityCodec.TryReadEntry(Entity(key, [("Outcome", "Delivered")])));

    [Fact]
    public void Run_AnyStoredContents_CompletesAndTheRecordIsSent() =>
        Gen.Select(
                Columns(StateColumns),
                Columns(EntryColumns),
                Columns(["Owner", "TakenAt", "Commit"]),
                Choice.Of("p-1", "r-1", "p-x", "r-", "backup", "p-12345")
            )
            .Sample(
                (state, entry, held, key) =>
                {
                    var world = World.Empty();
                    foreach (var (row, columns) in new[] { (EntityCodec.StateKey, state), (key, entry), (EntityCodec.LeaseKey, held) })
                    {
                        world.Table.AddEntityAsync(Entity(row, columns, "CONTACT_SYNC_JOB")).GetAwaiter().GetResult();
                    }

                    world.Time.Advance(TimeSpan.FromDays(3));
                    var id = world.AddContact();
                    Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
                    Assert.Equal("Успешно", world.ContactStatus(id));
                    Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
                },
                iter: 300,
                threads: 1
            );

    [Theory]
    [InlineData("1")]
    [InlineData("delivered")]
    [InlineData("Delivered, OutOfScope")]
    [InlineData(" Delivered")]
    public void TryReadEntry_OutcomeThatIsNoName_IsLookedAtAgain(string outcome) =>
        Assert.Equal(RecordOutcome.Queued, Assert.Single(EntityCodec.TryReadEntry(Entity("r-1", [("Outcome", outcome)]))).Outcome);

    [Fact]
    public void Read_TimesFarAheadOfTheirStoring_PutNothingOff()
    {
        var entity = Entity(
            "p-1",
            [
                .. ((string[])["NextTry", "SweptAt", "Checkpoint", "ReadAfter", "Floor"]).Select(name =>
                    (name, (object?)"2100-01-01T00:00:00+00:00")
                ),
            ]
        );
        entity.Timestamp = World.Start;

        Assert.Equal(World.Start, Assert.Single(EntityCodec.TryReadEntry(entity)).NextTry);
        var state = EntityCodec.ReadState(entity);
        Assert.Null(state.FullResyncAt);
        Assert.Null(state.Checkpoint);
        Assert.Null(state.ReadAfter);
        Assert.Null(state.StartBound);
    }

    private static Gen<(string Name, object? Value)[]> Columns(string[] names) =>
        Gen.Select(Choice.Of([.. names, "Unknown"]), Value).Array[0, 12];

    private static TableEntity Entity(string key, (string Name, object? Value)[] columns, string partition = "job")
    {
        var entity = new TableEntity(partition, key);
        foreach (var (name, value) in columns)
        {
            entity[name] = value;
        }

        return entity;
    }
}
