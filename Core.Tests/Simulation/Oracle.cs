using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// What the end must look like, by the specification and the portal alone: it knows nothing of runs, checkpoints and ledgers.
/// What a card maps to is the mappers' matter, which have worked examples of their own.
/// </summary>
internal sealed class Oracle(SimulatedWorld world)
{
    private const string Success = "Успешно";
    private const string Refused = "Отмечалка не приняла: ";
    private const string NoClient = "Абонемент ждёт: ученика нет в отмечалке. ";

    private readonly Core.Configuration.Settings settings = world.Settings;

    /// <summary>What is not as it must be; <see langword="null"/> when all is.</summary>
    /// <param name="isSoon">Records that have to wait for another try are left out.</param>
    /// <param name="isResynced">Whether the daily full resync has been since; what only it finds is left out else.</param>
    public string? Judge(bool isSoon, bool isResynced)
    {
        var wrong = new List<string>();
        wrong.AddRange(world.Crms.Otmechalka.Store.Doubles.Select(which => "twice: " + which));
        var contacts = new ContactMapper(settings.Contact);
        foreach (var card in Cards(SyncJob.Contacts).Where(card => !MayWait((SyncJob.Contacts, card.Id))))
        {
            Add(wrong, SyncJob.Contacts, card, JudgeContact(card, contacts.Map(card)));
        }

        var deals = new DealMapper(settings.Deal);
        foreach (var card in Cards(SyncJob.Deals).Where(card => card.Text("STAGE_ID") == "WON"))
        {
            if (!MayWait((SyncJob.Deals, card.Id)) && (isResynced || !world.People.ChangedSilently.Contains(card.Id)))
            {
                Add(wrong, SyncJob.Deals, card, JudgeDeal(card, deals.Map(card, Details(card)), isSoon));
            }
        }

        if (isResynced)
        {
            wrong.AddRange(
                new[] { SyncJob.Contacts, SyncJob.Deals }.SelectMany(Remembered).Select(which => "remembered though it is gone: " + which)
            );
        }

        bool MayWait((SyncJob, string) record) =>
            isSoon ? world.Watch.Troubled.Contains(record) : !isResynced && world.Http.WereDenied.Contains(record);

        return wrong.Count == 0
            ? null
            : (
                isSoon ? "soon: "
                : isResynced ? "in the end: "
                : "hours later: "
            ) + string.Join("; ", wrong);
    }

    private string? JudgeContact(Card card, MappingResult mapped)
    {
        var key = (SyncJob.Contacts, card.Id);
        var status = card.Text(SampleFields.Status);
        var client = world.Crms.Otmechalka.Store.FindClient(card.Id);
        switch (mapped)
        {
            case MappingResult.OutOfScope:
                return status == Success ? null : $"out of scope, status {status}";
            case MappingResult.Invalid invalid:
                return status == invalid.Status ? null : $"status {status} instead of {invalid.Status}";
            case var _ when world.Http.Refused.Contains(key) || world.Http.Failing.Contains(key):
                // It may have been delivered before; then nothing is tried as long as it does not change.
                return status is not null && (status == Success || status.StartsWith(Refused, StringComparison.Ordinal))
                    ? null
                    : $"refused, status {status}";
            case ReadyClient ready:
                var expected = JsonNode.Parse(JsonSerializer.Serialize(ready.Client, Ignoring))!;
                var isAbsentByHand =
                    client is null
                    && world.People.Deleted.TryGetValue(key, out var deleted)
                    && JsonNode.DeepEquals(JsonNode.Parse(deleted), expected);
                return status != Success ? $"status {status}"
                    : !isAbsentByHand && !JsonNode.DeepEquals(client?.Body, expected)
                        ? $"otmechalka holds {client?.Json} instead of {expected.ToJsonString()}"
                    : IsForceMissed(key) ? "its status was cleared and it was not sent again"
                    : null;
            default:
                return "unexpected";
        }
    }

    private string? JudgeDeal(Card card, MappingResult mapped, bool isSoon)
    {
        var key = (SyncJob.Deals, card.Id);
        var status = card.Text(SampleFields.Status);
        var isThere = world.Crms.Otmechalka.Store.CountTickets(card.Id) == 1;
        var isDone = isThere || world.People.Deleted.ContainsKey(key);
        switch (mapped)
        {
            case MappingResult.OutOfScope:
                return status == Success || (isDone && status is not null) ? null : $"out of scope, status {status}";
            case MappingResult.Invalid invalid:
                // A ticket is created once: what becomes of the deal later does not concern it.
                return status == invalid.Status || (isDone && status == Success) ? null : $"status {status} instead of {invalid.Status}";
            case var _ when isThere:
                return status != Success ? $"has its ticket, status {status}"
                    : IsForceMissed(key) ? "its status was cleared and it was not looked at again"
                    : null;
            case var _ when world.Http.Refused.Contains(key) || world.Http.Failing.Contains(key):
                return status is not null ? null : "refused, no status";
            case ReadyTicket ready when world.Crms.Otmechalka.Store.FindClient(ready.Ticket.ClientOriginId) is null:
                return isSoon || status?.StartsWith(NoClient, StringComparison.Ordinal) == true || (isDone && status == Success)
                    ? null
                    : $"no client, status {status}";
            case ReadyTicket ready when isSoon && MayFollowLater(ready.Ticket.ClientOriginId):
                return null;
            default:
                return isDone && status == Success ? null : $"no ticket, status {status}";
        }
    }

    // A deal follows its client: one that has to wait for its own next try, or whose contact was deleted when it had just been sent. Of
    // that one the ledger knows nothing any more, and the deal has its own next try.
    private bool MayFollowLater(string client) =>
        world.Watch.Troubled.Contains((SyncJob.Contacts, client))
        || !world.Cards(SyncJob.Contacts).Exists(long.Parse(client, System.Globalization.CultureInfo.InvariantCulture));

    private bool IsForceMissed((SyncJob Kind, string Id) key) =>
        world.People.Forced.TryGetValue(key, out var since) && world.Watch.LastSent(key.Kind, key.Id) <= since;

    private List<Card> Cards(SyncJob kind)
    {
        var cards = new List<Card>();
        foreach (var id in world.Cards(kind).Ids)
        {
            var card = Testing.TestCards.Row(PhpJson.Write(world.Cards(kind).Row(id)));
            if (card.Created > settings.Sync.StartDate)
            {
                cards.Add(card);
            }
        }

        return cards;
    }

    private DealDetails Details(Card deal)
    {
        var user = world.Crms.Portal.Users.SingleOrDefault(user => People.Text(user.Id) == deal.Text("ASSIGNED_BY_ID"));
        var rows = world
            .Crms.Portal.ProductRows(deal.Number)
            .Select(row => new ProductRow(
                row.Name.Trim(),
                row.Quantity,
                Amount(row.Brutto),
                Amount(row.Discount),
                Amount(row.Price),
                row.TaxRate
            ));
        return new DealDetails([.. rows], user is null ? null : $"{user.Name} {user.LastName}");
    }

    // Nothing of a deleted pupil stays in the ledger.
    private IEnumerable<string> Remembered(SyncJob kind)
    {
        var there = world.Cards(kind).Ids.Select(People.Text).ToHashSet();
        return world
            .Table.Entities.Where(row =>
                row.PartitionKey == kind.Name() && row.RowKey is ['p' or 'r', '-', ..] && !there.Contains(row.RowKey[2..])
            )
            .Select(row => $"{kind} {row.RowKey}");
    }

    private static Amount Amount(decimal? value) =>
        Core.Deals.Amount.Read(value?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void Add(List<string> wrong, SyncJob kind, Card card, string? problem)
    {
        if (problem is not null)
        {
            wrong.Add($"{kind} {card.Id}: {problem}");
        }
    }

    private static readonly JsonSerializerOptions Ignoring = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };
}
