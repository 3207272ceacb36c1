using System.Globalization;
using System.Runtime.InteropServices;
using Azure.Data.Tables;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// Entities and keys of the table. One partition for each job; in it <c>!lock</c>, <c>!state</c>, <c>p-ID</c> for entries that later runs
/// still owe something, <c>r-ID</c> for the others, so that one range query reads all a run needs at its start. The columns keep the names
/// of the first version (<c>Floor</c>, <c>SweptAt</c>, <c>Rules</c>, <c>Recent</c>), so that either version reads what the other has
/// stored; <c>docs/architecture.md</c> has the whole table.
/// </summary>
internal static class EntityCodec
{
    public const string LeaseKey = "!lock";
    public const string StateKey = "!state";
    public const string PendingPrefix = "p-";
    public const string SettledPrefix = "r-";

    /// <summary>The rows with that prefix, as a filter.</summary>
    public const string SettledRange = "RowKey ge 'r' and RowKey lt 's'";

    /// <summary>The end of the range that holds lease, state and pending entries.</summary>
    public const string StartRangeEnd = "q";

    /// <summary>No version of ours writes a time before this one, or a later one than the next.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc cref="Earliest"/>
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No try is put off for longer than a day, and no other moment is later than its storing; clocks may differ.</summary>
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(2);

    private const int MostAttempts = 1000;
    private const long MostDelivered = 1_000_000_000;

    /// <summary>The most version hashes the state keeps: a property holds 64 KiB, 8,192 of them.</summary>
    public const int MostVersions = 8000;

    public static string KeyOf(LedgerEntry entry) => (entry.IsPending ? PendingPrefix : SettledPrefix) + entry.Id;

    public static TableEntity Write(string partition, JobState state) =>
        Entity(
            partition,
            StateKey,
            new()
            {
                ["Checkpoint"] = Text(state.Checkpoint),
                ["ReadAfter"] = Text(state.ReadAfter),
                ["Floor"] = Text(state.StartBound),
                ["SweptAt"] = Text(state.FullResyncAt),
                ["Resyncing"] = state.IsResyncing ? true : null,
                ["CompletedAt"] = Text(state.CompletedAt),
                ["Rules"] = state.ConfigurationHash,
                ["Delivered"] = state.Delivered,
                ["Recent"] = Bytes([.. state.SeenVersions.TakeLast(MostVersions)]),
                ["RowsInWindow"] = state.RowsInWindow,
            }
        );

    public static JobState ReadState(TableEntity entity) =>
        new()
        {
            Checkpoint = Time(entity, "Checkpoint"),
            ReadAfter = Time(entity, "ReadAfter"),
            StartBound = Time(entity, "Floor"),
            FullResyncAt = Time(entity, "SweptAt"),
            IsResyncing = Read<bool?>(entity, "Resyncing") ?? false,
            CompletedAt = Time(entity, "CompletedAt"),
            ConfigurationHash = Read<string>(entity, "Rules"),
            Delivered = Math.Clamp(Read<long?>(entity, "Delivered") ?? 0, 0, MostDelivered),
            SeenVersions = Longs(Read<byte[]>(entity, "Recent")),
            RowsInWindow = Math.Clamp(Read<int?>(entity, "RowsInWindow") ?? Longs(Read<byte[]>(entity, "Recent")).Length, 0, MostVersions),
        };

    public static TableEntity Write(string partition, LedgerEntry entry) =>
        Entity(
            partition,
            KeyOf(entry),
            new()
            {
                ["Outcome"] = entry.Outcome.ToString(),
                ["PayloadHash"] = entry.PayloadHash,
                ["StatusHash"] = entry.StatusHash,
                ["StatusOwed"] = entry.StatusOwed ? true : null,
                ["Forced"] = entry.Forced ? true : null,
                ["Attempts"] = entry.Attempts == 0 ? null : entry.Attempts,
                ["NextTry"] = Text(entry.NextTry),
                ["NotBefore"] = Text(entry.NotBefore),
                ["FailingSince"] = Text(entry.FailingSince),
                ["Code"] = entry.Code,
                ["WaitsFor"] = entry.WaitsFor,
                ["WaitsSince"] = Text(entry.ClientWasDeliveredAt),
                ["MissingSince"] = Text(entry.MissingSince),
                ["DeliveredAt"] = Text(entry.DeliveredAt),
                ["Modified"] = Text(entry.Modified),
            }
        );

    /// <summary>
    /// Whether it is the ID of a record: a positive number as Bitrix24 writes it. Others are no row's of ours, and may be no key at all.
    /// </summary>
    public static bool IsId(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && id![0] != '0';

    /// <summary>The entry in a row; none when the row is not one of ours.</summary>
    public static IEnumerable<LedgerEntry> TryReadEntry(TableEntity entity)
    {
        var key = entity.RowKey;
        var isOurs = key.StartsWith(PendingPrefix, StringComparison.Ordinal) || key.StartsWith(SettledPrefix, StringComparison.Ordinal);
        return isOurs && IsId(key[PendingPrefix.Length..]) ? [ReadEntry(entity)] : [];
    }

    /// <summary>Since when the lease is held.</summary>
    public static DateTimeOffset? TakenAt(TableEntity entity) => Read<DateTimeOffset?>(entity, LeaseRow.TakenAt) ?? entity.Timestamp;

    /// <summary>A column with a text.</summary>
    public static string? Text(TableEntity entity, string name) => Read<string>(entity, name);

    private static LedgerEntry ReadEntry(TableEntity entity) =>
        new()
        {
            Id = entity.RowKey[PendingPrefix.Length..],
            Outcome = OutcomeOf(Read<string>(entity, "Outcome")),
            PayloadHash = Read<string>(entity, "PayloadHash"),
            StatusHash = Read<string>(entity, "StatusHash"),
            StatusOwed = Read<bool?>(entity, "StatusOwed") ?? false,
            Forced = Read<bool?>(entity, "Forced") ?? false,
            Attempts = Math.Clamp(Read<int?>(entity, "Attempts") ?? 0, 0, MostAttempts),
            // One that cannot be read, or lies so far ahead that it would never come: the record is tried at once.
            NextTry = Time(entity, "NextTry") ?? (entity.ContainsKey("NextTry") ? entity.Timestamp : null),
            NotBefore = Time(entity, "NotBefore"),
            FailingSince = Time(entity, "FailingSince"),
            Code = Read<string>(entity, "Code"),
            WaitsFor = Read<string>(entity, "WaitsFor") is { } id && IsId(id) ? id : null,
            ClientWasDeliveredAt = Time(entity, "WaitsSince"),
            MissingSince = Time(entity, "MissingSince"),
            DeliveredAt = Time(entity, "DeliveredAt"),
            Modified = Time(entity, "Modified"),
        };

    private static TableEntity Entity(string partition, string key, Dictionary<string, object?> properties)
    {
        var entity = new TableEntity(partition, key);
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                entity[name] = value;
            }
        }

        return entity;
    }

    // A column of another type is another version's: taken for absent, which at worst repeats what is safe to repeat.
    private static T? Read<T>(TableEntity entity, string name) =>
        entity.TryGetValue(name, out var value) && value is T read ? read : default;

    // As text, because the table keeps no offsets and people read them.
    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    // One that lies far ahead of its storing is taken for absent: a checkpoint there would pass over all that comes until then, a full
    // resync there would put off the next one, which mends all else that is odd.
    private static DateTimeOffset? Time(TableEntity entity, string name) =>
        DateTimeOffset.TryParse(Read<string>(entity, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time > Earliest
        && time < Latest
        && !(time > entity.Timestamp + LongestAhead)
            ? time
            : null;

    // By its very name: as an enumeration "1" and "Delivered, OutOfScope" would be outcomes, too. What is none is looked at again.
    private static RecordOutcome OutcomeOf(string? name) =>
        Enum.GetNames<RecordOutcome>().Contains(name) ? Enum.Parse<RecordOutcome>(name!) : RecordOutcome.Queued;

    private static byte[]? Bytes(ReadOnlySpan<long> numbers) => numbers.IsEmpty ? null : MemoryMarshal.AsBytes(numbers).ToArray();

    private static long[] Longs(byte[]? bytes) => bytes is null ? [] : MemoryMarshal.Cast<byte, long>(bytes).ToArray();
}
