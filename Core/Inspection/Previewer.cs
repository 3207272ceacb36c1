using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Core.Inspection;

/// <summary>
/// Tells what would happen to one record, by the same mapping and decision as a run. Writes nothing anywhere; otmechalka is
/// only searched.
/// </summary>
public sealed class Previewer
{
    private readonly IServiceProvider provider;
    private readonly Settings settings;
    private readonly TimeProvider time;

    internal Previewer(IServiceProvider provider, Settings settings) =>
        (this.provider, this.settings, time) = (provider, settings, provider.GetRequiredService<TimeProvider>());

    /// <summary>Looks at one record; <see langword="null"/> when Bitrix24 has none with this ID, or does not show it.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task<Preview?> PreviewAsync(SyncJob job, string id, CancellationToken cancellationToken)
    {
        var table = job == SyncJob.Contacts ? ContactSync.Table(settings.Contact, settings.Sync) : DealSync.Table(settings.Deal, settings.Sync);
        var any = Any(table);
        var bitrix24 = provider.GetRequiredService<Bitrix24Client>();
        var (found, unreadable) = await new CardReader(bitrix24, any).ReadAsync([id], cancellationToken);
        if (found.SingleOrDefault() is not { } card)
        {
            return unreadable.Count > 0 ? throw Bitrix24Client.FailedRead(any.ListMethod, $"the card cannot be read: {unreadable[0].Reason}") : null;
        }

        var store = provider.GetRequiredService<JobStores>().Of(job);
        var state = await store.ReadStateAsync(cancellationToken);
        var entry = (await store.PeekAsync([id], cancellationToken)).GetValueOrDefault(id);
        var cards = B24OtmechalkaServices.CreateJob(provider, settings, job);
        var record = cards.Record(card);
        var mapped = (await cards.MapAsync([record], cancellationToken))[0];
        var details = job == SyncJob.Deals ? (await new DealDetailsReader(bitrix24, any).ReadAsync([card], cancellationToken))[0].Details : null;
        if (mapped is Mapped.NotEligible && details is not null)
        {
            mapped = cards.Keyed(new DealMapper(settings.Deal).Map(card, details)); // what would become of it if it were eligible
        }

        var timetable = new Timetable(table, job, settings.Sync, state, state is not null && state.Rules != cards.Rules, time.GetUtcNow());
        var hindrances = timetable.Hindrances(card);
        var isOwed = entry is { IsPending: true } && (timetable.IsDue(entry) || (await cards.EndedWaitsAsync([entry], cancellationToken)).Count > 0);
        var preview = new Preview
        {
            Job = job,
            Id = id,
            Link = new CardLinks(settings).Of(job, id),
            Created = card.Created,
            Modified = card.Modified,
            Values = await ValuesAsync(bitrix24, any, card, details, cancellationToken),
            KeptOutBy = mapped is Mapped.OutOfScope ? [.. hindrances, "scope: what is filled in is not supported, so nothing is sent"] : hindrances,
            Mapping = Kind(mapped),
            Payload = mapped is Mapped.Ready ready ? Payload(ready) : [],
            IsSameAsLastSent = mapped is Mapped.Ready same && entry is { PayloadHash: { } last, Outcome: not RecordOutcome.WaitsForClient } ? same.PayloadHash == last : null,
            When = timetable.When(card, isOwed ? entry! with { NextTry = null } : entry, hindrances.Count > 0),
            Status = record.Status,
            Ledger = entry,
        };
        // As a run does it: a delivered deal is not mapped again, and what is owed is due.
        var known = isOwed ? entry! with { NextTry = null } : entry;
        var step = hindrances.Count > 0 && !isOwed
            ? Step.Pass
            : Decision.Of(known, record, Decision.NeedsMapping(known, record, cards.DeliversOnce) ? mapped : null, time.GetUtcNow());
        return await new Foresight(provider.GetRequiredService<OtmechalkaClient>(), cards).CompleteAsync(preview, step, mapped, cancellationToken);
    }

    // Also a card that a run would not read.
    private static CardTable Any(CardTable table) => table with
    {
        CreatedAfter = DateTimeOffset.UnixEpoch,
        Stages = [],
        Columns = table.Stages.Count > 0 ? [CardTable.Stage, CardTable.Recurring, .. table.Columns] : table.Columns,
    };

    private static async Task<IReadOnlyList<PreviewValue>> ValuesAsync(
        Bitrix24Client bitrix24, CardTable table, Card card, DealDetails? details, CancellationToken cancellationToken)
    {
        var values = new PreviewValues(await new PortalQuestions(bitrix24).FieldsAsync(table.Entity, cancellationToken));
        return [.. values.Of(card, table.Columns), .. details is null ? [] : PreviewValues.Of(details)];
    }

    private static PreviewMapping Kind(Mapped mapped) => mapped switch
    {
        Mapped.OutOfScope => PreviewMapping.OutOfScope,
        Mapped.Invalid => PreviewMapping.Invalid,
        Mapped.Unreadable => PreviewMapping.Unreadable,
        _ => PreviewMapping.Ready,
    };

    private static IReadOnlyList<ObjectField> Payload(Mapped.Ready ready) => ready switch
    {
        ReadyClient client => ObjectFields.Of(client.Client),
        ReadyTicket ticket => ObjectFields.Of(ticket.Ticket),
        _ => [],
    };
}
