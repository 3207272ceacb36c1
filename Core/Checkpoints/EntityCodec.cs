using System.Globalization;
using System.Runtime.InteropServices;
using Azure.Data.Tables;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// Entities and keys of the table. One partition for each job; in it <c>!lock</c>, <c>!state</c>, <c>p-ID</c> for entries
/// that later runs still owe something, <c>r-ID</c> for the others, so that one range query reads all a run needs at its start.
/// </summary>
internal static class EntityCodec
{
    public const string LockKey = "!lock";
    public const string StateKey = "!state";
    public const string PendingPrefix = "p-";
    public const string SettledPrefix = "r-";

    /// <summary>The end of the range that holds lock, state and pending entries.</summary>
    public const string StartRangeEnd = "q";

    /// <summary>The most fingerprints the state keeps: a property holds 64 KiB, 8,192 of them.</summary>
    public const int MostRecent = 8000;

    public static string KeyOf(LedgerEntry entry) => (entry.IsPending ? PendingPrefix : SettledPrefix) + entry.Id;

    public static TableEntity Write(string partition, JobState state) => Entity(partition, StateKey, new()
    {
        ["Checkpoint"] = Text(state.Checkpoint),
        ["ReadAfter"] = Text(state.ReadAfter),
        ["Floor"] = Text(state.Floor),
        ["ReadUpTo"] = Text(state.ReadUpTo),
        ["SweptAt"] = Text(state.SweptAt),
        ["CompletedAt"] = Text(state.CompletedAt),
        ["Rules"] = state.Rules,
        ["Delivered"] = state.Delivered,
        ["Recent"] = Bytes([.. state.Recent.TakeLast(MostRecent)]),
    });

    public static JobState ReadState(TableEntity entity) => new()
    {
        Checkpoint = Time(entity, "Checkpoint"),
        ReadAfter = Time(entity, "ReadAfter"),
        Floor = Time(entity, "Floor"),
        ReadUpTo = Time(entity, "ReadUpTo"),
        SweptAt = Time(entity, "SweptAt"),
        CompletedAt = Time(entity, "CompletedAt"),
        Rules = Read<string>(entity, "Rules"),
        Delivered = Read<long?>(entity, "Delivered") ?? 0,
        Recent = Longs(Read<byte[]>(entity, "Recent")),
    };

    public static TableEntity Write(string partition, LedgerEntry entry) => Entity(partition, KeyOf(entry), new()
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
        ["WaitsSince"] = Text(entry.WaitsSince),
        ["DeliveredAt"] = Text(entry.DeliveredAt),
        ["Modified"] = Text(entry.Modified),
    });

    public static LedgerEntry ReadEntry(TableEntity entity) => new()
    {
        Id = entity.RowKey[PendingPrefix.Length..],
        Outcome = Enum.TryParse<RecordOutcome>(Read<string>(entity, "Outcome"), out var outcome) && Enum.IsDefined(outcome) ? outcome : RecordOutcome.Queued,
        PayloadHash = Read<string>(entity, "PayloadHash"),
        StatusHash = Read<string>(entity, "StatusHash"),
        StatusOwed = Read<bool?>(entity, "StatusOwed") ?? false,
        Forced = Read<bool?>(entity, "Forced") ?? false,
        Attempts = Read<int?>(entity, "Attempts") ?? 0,
        NextTry = Time(entity, "NextTry"),
        NotBefore = Time(entity, "NotBefore"),
        FailingSince = Time(entity, "FailingSince"),
        Code = Read<string>(entity, "Code"),
        WaitsFor = Read<string>(entity, "WaitsFor"),
        WaitsSince = Time(entity, "WaitsSince"),
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
    private static T? Read<T>(TableEntity entity, string name) => entity.TryGetValue(name, out var value) && value is T read ? read : default;

    // As text, because the table keeps no offsets and people read them.
    private static string? Text(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(TableEntity entity, string name) =>
        DateTimeOffset.TryParse(Read<string>(entity, name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;

    private static byte[]? Bytes(ReadOnlySpan<long> numbers) => numbers.IsEmpty ? null : MemoryMarshal.AsBytes(numbers).ToArray();

    private static long[] Longs(byte[]? bytes) => bytes is null ? [] : MemoryMarshal.Cast<byte, long>(bytes).ToArray();
}
