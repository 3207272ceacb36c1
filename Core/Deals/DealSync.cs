using System.Collections.Concurrent;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Deals;

/// <summary>How a won deal becomes a ticket: it is created once, after a search, and left alone from then on (spec 2, 6).</summary>
/// <param name="bitrix24">Bitrix24.</param>
/// <param name="otmechalka">otmechalka.</param>
/// <param name="mapping">The deal's mapping.</param>
/// <param name="options">The settings of spec 3.</param>
/// <param name="otmechalkaTimeout">How long otmechalka may be at a request that it did not answer.</param>
/// <param name="fingerprints">Makes what is stored of a card.</param>
/// <param name="clients">The contact job's ledger: what is known of a deal's client.</param>
internal sealed class DealSync(
    Bitrix24Client bitrix24, OtmechalkaClient otmechalka, DealMapping mapping, SyncOptions options, TimeSpan otmechalkaTimeout, Fingerprints fingerprints, JobStore clients)
    : CardJob(bitrix24, Table(mapping, options), "Mapping__Deal__StatusField", mapping, fingerprints)
{
    private readonly DealMapper mapper = new(mapping);
    private readonly DealDetailsReader details = new(bitrix24, Table(mapping, options));
    private readonly ConcurrentDictionary<string, LedgerEntry?> knownClients = new();

    public override SyncJob Job => SyncJob.Deals;

    public override bool DeliversOnce => true;

    protected override int RecordsAtOnce => DealDetailsReader.DealsPerRequest;

    public static CardTable Table(DealMapping mapping, SyncOptions options) =>
        new("deal", mapping.StatusField, new DealMapper(mapping).Columns, options.StartDate, [.. mapping.Stages]);

    public override async Task<IReadOnlyList<Mapped>> MapAsync(IReadOnlyList<CardRecord> records, CancellationToken cancellationToken)
    {
        var inScope = records.Where(record => !mapper.IsOutOfScope(record.Card)).ToList();
        var read = inScope.Count == 0 ? [] : await details.ReadAsync(inScope.ConvertAll(record => record.Card), cancellationToken);
        var mapped = inScope.Zip(read, (record, one) => (record.Id, Mapped: Map(record.Card, one.Details, one.Error))).ToDictionary(pair => pair.Id, pair => pair.Mapped);
        await LearnAsync([.. mapped.Values.OfType<ReadyTicket>().Select(ready => ready.Ticket.ClientOriginId)], cancellationToken);
        return [.. records.Select(record => mapped.GetValueOrDefault(record.Id) ?? new Mapped.OutOfScope())];
    }

    public override async Task<Delivery> DeliverAsync(CardRecord record, Mapped.Ready ready, bool isKnown, CancellationToken cancellationToken)
    {
        var ticket = ((ReadyTicket)ready).Ticket;
        if (await ForeseeAsync(ticket, cancellationToken) is { } known)
        {
            return known;
        }

        var client = knownClients.GetValueOrDefault(ticket.ClientOriginId);
        var created = await otmechalka.CreateTicketAsync(ticket, cancellationToken);
        return created.Verdict == OtmechalkaVerdict.Refused && client?.Outcome == RecordOutcome.Delivered && await IsClientAbsentAsync(ticket, cancellationToken)
            ? Waits(ticket.ClientOriginId, client)
            : ToDelivery(created, DeliveryKind.Created);
    }

    /// <summary>
    /// What sending the mapped deal comes to, as far as searches tell: it is there, or its client is not;
    /// <see langword="null"/> when it is to be created. Nothing is written.
    /// </summary>
    public async Task<Delivery?> ForeseeAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        var found = !Mechanism.SearchBeforeCreate.IsOn() ? OtmechalkaAnswer.Absent : await otmechalka.FindTicketAsync(ticket.OriginId, cancellationToken);
        if (found.Verdict != OtmechalkaVerdict.Absent)
        {
            return ToDelivery(found, DeliveryKind.Unchanged);
        }

        var client = knownClients.GetValueOrDefault(ticket.ClientOriginId);
        return client?.Outcome != RecordOutcome.Delivered && await IsClientAbsentAsync(ticket, cancellationToken)
            ? Waits(ticket.ClientOriginId, client)
            : null;
    }

    /// <summary>A wait ends when the contact job has delivered the client since the deal was last tried.</summary>
    public override async Task<IReadOnlyCollection<LedgerEntry>> EndedWaitsAsync(IReadOnlyCollection<LedgerEntry> waiting, CancellationToken cancellationToken)
    {
        if (!Mechanism.ClientWait.IsOn())
        {
            return [];
        }

        await LearnAsync([.. waiting.Select(entry => entry.WaitsFor).OfType<string>()], cancellationToken);
        return [.. waiting.Where(entry => entry.WaitsFor is { } id
            && knownClients.GetValueOrDefault(id)?.DeliveredAt is { } delivered // whatever has become of the contact since
            && delivered != entry.WaitsSince)];
    }

    private Mapped Map(Card deal, DealDetails? read, Bitrix24Error? error) => (read, error) switch
    {
        ({ }, _) => mapper.Map(deal, read),
        (_, { }) => new Mapped.Unreadable(StatusLine.Of(DealTexts.ProductsUnreadable + Why(error)), error.SafeCode),
        _ => new Mapped.NotEligible(),
    };

    private static string Why(Bitrix24Error error) => error switch
    {
        { IsAccessDenied: true } => DealTexts.ProductsDenied,
        _ when error == Bitrix24Error.OddAnswer => DealTexts.ProductsOdd,
        { Code: "" } => DealTexts.NoReason,
        _ => $"{DealTexts.Code} {error.SafeCode}",
    };

    private async Task LearnAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var unknown = ids.Distinct().Where(id => !knownClients.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var entries = await clients.PeekAsync(unknown, cancellationToken);
        foreach (var id in unknown)
        {
            knownClients[id] = entries.GetValueOrDefault(id);
        }
    }

    private async Task<bool> IsClientAbsentAsync(Ticket ticket, CancellationToken cancellationToken) =>
        (await otmechalka.FindClientAsync(ticket.ClientOriginId, cancellationToken)).Verdict == OtmechalkaVerdict.Absent;

    private static Delivery Waits(string clientId, LedgerEntry? client) => new(DeliveryKind.WaitsForClient, StatusLine.Of(DealTexts.NoClient + Why(client)), "no client")
    {
        WaitsFor = clientId,
        WaitsSince = client?.DeliveredAt,
    };

    private static string Why(LedgerEntry? client) => client?.Outcome switch
    {
        RecordOutcome.Invalid => DealTexts.ClientInvalid,
        RecordOutcome.Refused or RecordOutcome.Unclear => DealTexts.ClientRefused,
        RecordOutcome.OutOfScope => DealTexts.ClientOutOfScope,
        RecordOutcome.Delivered => DealTexts.ClientDeleted,
        _ => DealTexts.ClientUnknown,
    };

    private Delivery ToDelivery(OtmechalkaAnswer answer, DeliveryKind accepted) => answer.Verdict switch
    {
        OtmechalkaVerdict.Accepted => new Delivery(accepted),
        OtmechalkaVerdict.Unclear => new Delivery(DeliveryKind.Unclear, DealTexts.Unclear, answer.Code)
        {
            NotBefore = answer.MayStillArrive ? otmechalkaTimeout : TimeSpan.Zero,
            Failure = answer.Failure,
        },
        OtmechalkaVerdict.Failed => new Delivery(DeliveryKind.Failed, StatusLine.Of(DealTexts.Refused + answer.Message), answer.Code),
        _ => new Delivery(DeliveryKind.Refused, StatusLine.Of(DealTexts.Refused + answer.Message), answer.Code),
    };
}
