using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Tells how both jobs stand. Takes no lock and writes nothing.</summary>
public sealed class StatusReader
{
    private readonly IServiceProvider provider;
    private readonly Settings settings;

    internal StatusReader(IServiceProvider provider, Settings settings) => (this.provider, this.settings) = (provider, settings);

    /// <summary>Reads how the service stands. That Bitrix24 cannot be asked for the backlog is part of the answer.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<ServiceStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var contacts = await ReadAsync(SyncJob.Contacts, cancellationToken);
        return new ServiceStatus([contacts, await ReadAsync(SyncJob.Deals, cancellationToken)], contacts.Delivered);
    }

    private async Task<JobStatus> ReadAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var snapshot = await provider.GetRequiredService<JobStores>().Of(job).InspectAsync(cancellationToken);
        var cards = B24OtmechalkaServices.CreateJob(provider, settings, job);
        var state = snapshot.State;
        var rulesChanged = state?.Rules is { } rules && rules != cards.Rules;
        var bottom = (state?.Checkpoint is null ? settings.Sync.StartOf(job) : state.Floor) ?? settings.Sync.StartDate;
        var table = job == SyncJob.Contacts ? ContactSync.Table(settings.Contact, settings.Sync) : DealSync.Table(settings.Deal, settings.Sync);
        var counter = new BacklogCounter(provider.GetRequiredService<PortalQuestions>(), cards, table);
        var links = new CardLinks(settings);
        return new JobStatus
        {
            Job = job,
            State = state,
            LockedSince = snapshot.LockedSince,
            RulesChanged = rulesChanged,
            Backlog = await counter.CountAsync(
                snapshot, rulesChanged ? bottom : state?.ReadAfter ?? bottom, rulesChanged, provider.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken),
            StatusesOwed = snapshot.Entries.Count(entry => entry.StatusOwed),
            Queued = snapshot.Entries.Count(entry => entry.Forced || entry.Outcome == RecordOutcome.Queued),
            Failing = [.. snapshot.Entries.Where(entry => entry.IsFailing).OrderBy(entry => entry.FailingSince).Select(entry => new FailingRecord(entry, links.Of(job, entry.Id)))],
            Delivered = snapshot.Entries.Count(entry => entry.DeliveredAt is not null),
        };
    }
}
