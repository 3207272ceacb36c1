using System.Collections.Concurrent;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Deals;

/// <summary>
/// How a won deal becomes a ticket: it is created once, after a search, and left alone from then on (docs/spec.md, sections 2 and 6).
/// </summary>
/// <param name="bitrix24">Bitrix24.</param>
/// <param name="otmechalka">otmechalka.</param>
/// <param name="mapping">The deal's mapping.</param>
/// <param name="options">The start date, and where the job starts.</param>
/// <param name="otmechalkaTimeout">How long otmechalka may be at a request that it did not answer.</param>
/// <param name="clients">The contact job's ledger: what is known of a deal's client.</param>
internal sealed class DealJob(
    Bitrix24Client bitrix24,
    OtmechalkaClient otmechalka,
    DealMapping mapping,
    SyncOptions options,
    TimeSpan otmechalkaTimeout,
    JobStore clients
) : JobDefinition
{
    private readonly DealMapper mapper = new(mapping);
    private readonly DealDetailsReader details = new(bitrix24, TableOf(mapping, options));
    private readonly ConcurrentDictionary<string, LedgerEntry?> knownClients = new();

    public override SyncJob Job => SyncJob.Deals;

    public override EntityQueries Table { get; } = TableOf(mapping, options);

    public override string StatusFieldSetting => "Mapping__Deal__StatusField";

    public override string StagesSetting => "Mapping__Deal__Stages";

    public override (string Setting, DateTimeOffset? Value) Start => ("SYNC_DEAL_LAST_MODIFY_TIMESTAMP", options.DealsStart);

    public override string ConfigurationHash { get; } = HashOf(mapping, options.StartDate);

    public override bool DeliversOnce => true;

    public override PersonColumns Person { get; } = new() { Contact = DealMapper.ContactColumn };

    public override async Task<IReadOnlyList<MappingResult>> MapAsync(
        IReadOnlyList<Card> cards,
        IReadOnlyCollection<string> failing,
        CancellationToken cancellationToken
    )
    {
        var inScope = cards.Where(card => !mapper.IsOutOfScope(card)).ToList();
        var read = inScope.Count == 0 ? [] : await details.ReadAsync(inScope, failing, cancellationToken);
        var mapped = inScope.Zip(read).ToDictionary(pair => pair.First.Id, pair => Map(pair.First, pair.Second));
        await LearnAsync([.. mapped.Values.OfType<ReadyTicket>().Select(ready => ready.Ticket.ClientOriginId)], cancellationToken);
        return [.. cards.Select(card => mapped.GetValueOrDefault(card.Id) ?? new MappingResult.OutOfScope())];
    }

    public override async Task<Delivery> DeliverAsync(MappingResult.Ready ready, bool isKnown, CancellationToken cancellationToken)
    {
        if (await OutcomeBySearchAsync(ready, cancellationToken) is { } known)
        {
            return known;
        }

        var ticket = ((ReadyTicket)ready).Ticket;
        var client = knownClients.GetValueOrDefault(ticket.ClientOriginId);
        var created = await otmechalka.CreateTicketAsync(ticket, cancellationToken);
        // Refused because its client is not there, although we delivered it: somebody has deleted it in otmechalka.
        return
            created.Verdict == OtmechalkaVerdict.Refused
            && client?.Outcome == RecordOutcome.Delivered
            && await IsClientAbsentAsync(ticket, cancellationToken)
            ? WaitsForClient(ticket.ClientOriginId, client)
            : Created(created, ticket);
    }

    private Delivery Created(OtmechalkaAnswer answer, Ticket ticket)
    {
        var delivery = Delivery.Of(answer, DeliveryChange.Created, otmechalkaTimeout);
        return answer is { Verdict: OtmechalkaVerdict.Refused, Field: OtmechalkaTexts.TicketType, Message: { } words }
            ? delivery with
            {
                Status = DealTexts.UnknownTicket(ticket.TicketType, OtmechalkaTexts.Words(words, OtmechalkaTexts.TicketType)),
            }
            : delivery;
    }

    /// <inheritdoc/>
    /// <remarks>The ticket is there, or its client is not. Nothing is written.</remarks>
    public override async Task<Delivery?> OutcomeBySearchAsync(MappingResult.Ready ready, CancellationToken cancellationToken)
    {
        var ticket = ((ReadyTicket)ready).Ticket;
        var found = await otmechalka.FindTicketAsync(ticket.OriginId, cancellationToken);
        if (found.Verdict != OtmechalkaVerdict.Absent)
        {
            return Delivery.Of(found, DeliveryChange.Unchanged, otmechalkaTimeout);
        }

        var client = knownClients.GetValueOrDefault(ticket.ClientOriginId);
        return client?.Outcome != RecordOutcome.Delivered && await IsClientAbsentAsync(ticket, cancellationToken)
            ? WaitsForClient(ticket.ClientOriginId, client)
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A wait ends when the contact job has delivered the client since the deal was last tried. Beside that the deal has its own next try,
    /// which finds a client that came in another way.
    /// </remarks>
    public override async Task<IReadOnlyCollection<LedgerEntry>> EndedWaitsAsync(
        IReadOnlyCollection<LedgerEntry> waiting,
        CancellationToken cancellationToken
    )
    {
        await LearnAsync([.. waiting.Select(entry => entry.WaitsFor).OfType<string>()], cancellationToken);
        return
        [
            .. waiting.Where(entry =>
                entry.WaitsFor is { } id
                && knownClients.GetValueOrDefault(id)?.DeliveredAt is { } delivered // whatever has become of the contact since
                && delivered != entry.ClientWasDeliveredAt
            ),
        ];
    }

    public override IReadOnlyList<FieldRule> Fields =>
        [
            FieldRule.Status(StatusFieldSetting, mapping.StatusField),
            FieldRule.Date("Mapping__Deal__SellingDateField", mapping.SellingDateField),
            FieldRule.List("Mapping__Deal__BranchField", mapping.BranchField, true, mapping.BranchOffices.Keys),
            FieldRule.List("Mapping__Deal__PaymentMethodField", mapping.PaymentMethodField, false, mapping.CashPaymentMethods),
        ];

    public override IEnumerable<MappedValue> MappedValues(IReadOnlyDictionary<string, FieldDescription>? labels) =>
        [
            .. mapping.BranchOffices.Select(pair =>
                Value(LabelledValue.Of("branch", mapping.BranchField, pair.Key, labels), "selling_branchoffice", pair.Value)
            ),
            .. mapping.CashPaymentMethods.Select(method =>
                Value(LabelledValue.Of("payment method", mapping.PaymentMethodField, method, labels), "payment_method", "CASH")
            ),
            Value(new LabelledValue("payment method", "*", "any other"), "payment_method", "ONLINE"),
        ];

    public override IReadOnlyList<ObjectField> PayloadOf(MappingResult.Ready ready) => ObjectFields.Of(((ReadyTicket)ready).Ticket);

    /// <inheritdoc/>
    /// <remarks>A ticket is not changed once it is there, so only its being there is looked at.</remarks>
    public override Task<HeldRecord> LookAsync(MappingResult.Ready ready, CancellationToken cancellationToken) =>
        SearchAsync(((ReadyTicket)ready).Ticket.OriginId, cancellationToken);

    public override async Task<HeldRecord> SearchAsync(string id, CancellationToken cancellationToken) =>
        HeldRecord.Of(await otmechalka.FindTicketAsync(id, cancellationToken), () => []);

    public override async Task<ExplainedMapping> ExplainAsync(Card card, CancellationToken cancellationToken)
    {
        var read = (await details.ReadAsync([card], [], cancellationToken))[0];
        // What would become of it if it were won.
        var mapped = read.Details is { } known ? mapper.Map(card, known) : Map(card, read);
        await LearnAsync(mapped is ReadyTicket ready ? [ready.Ticket.ClientOriginId] : [], cancellationToken);
        return new ExplainedMapping(mapped, read.Details is null ? [] : [.. DealExplanation.Of(read.Details)]);
    }

    private static EntityQueries TableOf(DealMapping mapping, SyncOptions options) =>
        new("deal", mapping.StatusField, new DealMapper(mapping).Columns, options.StartDate, [.. mapping.Stages]);

    private MappingResult Map(Card deal, DealRead read) =>
        read switch
        {
            { IsMissing: true } => new MappingResult.Missing(),
            { IsEligible: false } => new MappingResult.NotEligible(),
            { Error: { } error } => new MappingResult.Unreadable(DealTexts.Unreadable(error), error.SafeCode),
            _ => mapper.Map(deal, read.Details!),
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

    private static Delivery WaitsForClient(string clientId, LedgerEntry? client) =>
        new(RecordOutcome.WaitsForClient)
        {
            Status = StatusLine.Of(DealTexts.NoClient + WhyAbsent(client)),
            Code = "no client",
            WaitsFor = clientId,
            ClientWasDeliveredAt = client?.DeliveredAt,
        };

    private static string WhyAbsent(LedgerEntry? client) =>
        client?.Outcome switch
        {
            RecordOutcome.Invalid => DealTexts.ClientInvalid,
            RecordOutcome.Refused => DealTexts.ClientRefused,
            RecordOutcome.OutOfScope => DealTexts.ClientOutOfScope,
            RecordOutcome.Delivered => DealTexts.ClientDeleted,
            _ => DealTexts.ClientUnknown,
        };

    private MappedValue Value(LabelledValue value, string name, string target) =>
        new(Table.Entity, [value], [KeyValuePair.Create(name, target)]);
}
