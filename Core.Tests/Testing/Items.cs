using System.Text.Json;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>Records as the stages of a run see them, without any system around them.</summary>
internal static class Items
{
    public const string StatusField = "UF_CRM_SYNC_STATUS";

    /// <summary>The clock of the tests: the run began at this moment.</summary>
    public static readonly DateTimeOffset Now = new(2020, 12, 25, 12, 0, 0, TimeSpan.FromHours(3));

    public static readonly Fingerprints Key = Fingerprints.KeyedBy("a key of the tests");

    public static Card Card(int id = 1, string? status = null, DateTimeOffset? modified = null)
    {
        var row = new Dictionary<string, object?>
        {
            ["ID"] = id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["DATE_CREATE"] = "2020-12-21T10:00:00+03:00",
            ["DATE_MODIFY"] = (modified ?? Now.AddMinutes(-1)).ToString(
                "yyyy-MM-dd'T'HH:mm:sszzz",
                System.Globalization.CultureInfo.InvariantCulture
            ),
            [StatusField] = status,
        };
        return Core.Bitrix24.Card.TryRead(JsonSerializer.SerializeToElement(row), out var card, out var unreadable)
            ? card
            : throw new InvalidOperationException(unreadable.Reason);
    }

    public static SyncItem Item(
        LedgerEntry? entry = null,
        string? status = null,
        ItemSource source = ItemSource.Window,
        int id = 1,
        bool isPassed = false
    )
    {
        var card = Card(id, status);
        return new SyncItem(card, StatusField, entry, source, SyncItem.VersionOf(card, Key)) { IsPassed = isPassed };
    }

    /// <summary>A record that was sent, with what that came to.</summary>
    public static SyncItem Sent(Delivery delivery, LedgerEntry? entry = null, string? status = null, int id = 1)
    {
        var item = Item(entry, status, id: id);
        (item.Mapping, item.Action, item.Delivery) = (Ready(), SyncAction.Send, delivery);
        return item;
    }

    public static MappingResult.Ready Ready(string payload = "payload") => new ReadyForTests(payload);

    /// <summary>A hash as the ledger keeps it.</summary>
    public static string Stored(string hash) => Key.Of(hash);

    /// <summary>The hash of a status text as the ledger keeps it.</summary>
    public static string StoredText(string text) => Key.Of(StatusLine.Hash(text));

    private sealed record ReadyForTests(string Payload) : MappingResult.Ready(Payload);
}
