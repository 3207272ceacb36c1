using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Setup;

/// <summary>How many cards a start date takes.</summary>
/// <param name="Contacts">Contacts created since.</param>
/// <param name="Deals">Won deals created since.</param>
public sealed record StartCount(int Contacts, int Deals);

/// <summary>
/// What a set-up asks both systems and the storage with what is known so far. Changes nothing but for <see cref="CreateStatusFieldAsync"/>.
/// </summary>
internal sealed class SetupQuestions(
    PortalQuestions portal,
    OtmechalkaExamination otmechalka,
    StorageExamination storage,
    JobFactory jobs,
    Settings settings,
    TimeProvider time
)
{
    /// <summary>Tries the webhook: whether the portal knows it, its scopes and rights, the clock.</summary>
    public IAsyncEnumerable<Check> TryPortalAsync(CancellationToken cancellationToken) =>
        new PortalExamination(portal, settings.Sync.StartDate.Offset, time).RunAsync(cancellationToken);

    /// <summary>Tries otmechalka's address and key.</summary>
    public IAsyncEnumerable<Check> TryOtmechalkaAsync(CancellationToken cancellationToken) => otmechalka.RunAsync(cancellationToken);

    /// <summary>Tries the storage.</summary>
    public IAsyncEnumerable<Check> TryStorageAsync(CancellationToken cancellationToken) => storage.RunAsync(cancellationToken);

    /// <summary>What the webhook's user is called; <see langword="null"/> when the portal does not say.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public Task<string?> OwnerAsync(CancellationToken cancellationToken) => portal.OwnerAsync(cancellationToken);

    /// <summary>The fields that the mapping needs, as far as the portal has them; nothing when it does not describe its fields.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<IReadOnlyList<Proposal>> FieldsAsync(CancellationToken cancellationToken)
    {
        var found = new List<Proposal>();
        foreach (var job in Enum.GetValues<SyncJob>().Select(jobs.Create))
        {
            if (await portal.FieldsAsync(job.Table.Entity, cancellationToken) is { } fields)
            {
                found.AddRange(Proposer.Fields(job.Fields, fields));
            }
        }

        return found;
    }

    /// <summary>The list values that the mapping names, in the fields that are configured.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<IReadOnlyList<Proposal>> ValuesAsync(CancellationToken cancellationToken)
    {
        var found = new List<Proposal>();
        foreach (var job in Enum.GetValues<SyncJob>())
        {
            var definition = jobs.Create(job);
            if (await portal.FieldsAsync(definition.Table.Entity, cancellationToken) is { } fields)
            {
                found.AddRange(
                    Proposer.Values(job, settings, fields, setting => definition.Fields.First(rule => rule.Setting == setting).Code)
                );
            }
        }

        return found;
    }

    /// <summary>Creates the status field of contacts or deals; the result says what to do when the portal refuses.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<Check> CreateStatusFieldAsync(string setting, string code, CancellationToken cancellationToken)
    {
        var job = Enum.GetValues<SyncJob>().Select(jobs.Create).Single(job => job.StatusFieldSetting == setting);
        var error = await portal.AddTextFieldAsync(job.Table.Entity, code, FieldExamination.StatusLabel, cancellationToken);
        var fields = await portal.FieldsAsync(job.Table.Entity, cancellationToken);
        return FieldExamination.Created(job.Table.Entity, setting, code, fields?.ContainsKey(code) == true, error);
    }

    /// <summary>How many cards the start date takes.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<StartCount> CountAsync(CancellationToken cancellationToken) =>
        new(
            await portal.CountAsync(jobs.Create(SyncJob.Contacts).Table.List([], []), cancellationToken),
            await portal.CountAsync(jobs.Create(SyncJob.Deals).Table.List([], []), cancellationToken)
        );

    /// <summary>The newest cards that count: two contacts and a deal, where there are so many.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<IReadOnlyList<(SyncJob Job, string Id)>> SamplesAsync(CancellationToken cancellationToken)
    {
        var samples = new List<(SyncJob, string)>();
        foreach (var (job, most) in new[] { (SyncJob.Contacts, 2), (SyncJob.Deals, 1) })
        {
            var newest = await portal.NewestAsync(jobs.Create(job).Table.List([], []), most, cancellationToken);
            samples.AddRange(newest.Select(id => (job, id)));
        }

        return samples;
    }
}
