using System.Collections.Concurrent;
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
/// Compares both CRMs record by record: all that counts in Bitrix24 is read and searched in otmechalka. Clients are compared
/// by their members, tickets only by being there, for they are not changed once they are. Writes nothing.
/// </summary>
public sealed class Reconciler
{
    private readonly IServiceProvider provider;
    private readonly Settings settings;

    internal Reconciler(IServiceProvider provider, Settings settings) => (this.provider, this.settings) = (provider, settings);

    /// <summary>Compares.</summary>
    /// <param name="job">Contacts or deals.</param>
    /// <param name="progress">Told how many records have been compared.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="Http.UnavailableException">A CRM or the storage cannot be used now.</exception>
    public async Task<Reconciliation> CompareAsync(SyncJob job, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var snapshot = await provider.GetRequiredService<JobStores>().Of(job).InspectAsync(cancellationToken);
        var entries = snapshot.Entries.ToDictionary(entry => entry.Id);
        var bottom = (snapshot.State?.Checkpoint is null ? settings.Sync.StartOf(job) : snapshot.State.Floor) ?? settings.Sync.StartDate;
        var cards = B24OtmechalkaServices.CreateJob(provider, settings, job);
        var seen = new HashSet<string>();
        var found = new Reconciliation { Job = job };
        var discrepancies = new List<Discrepancy>();
        var otmechalka = provider.GetRequiredService<OtmechalkaClient>();
        await foreach (var page in cards.ReadAsync(bottom, 0, cancellationToken))
        {
            var records = page.Where(record => seen.Add(record.Id)).ToList();
            var mappings = records.Count == 0 ? [] : await cards.MapAsync(records, cancellationToken);
            var ready = mappings.OfType<Mapped.Ready>().ToList();
            var compared = await CompareAsync(otmechalka, ready, entries, cancellationToken);
            discrepancies.AddRange(compared);
            found = found with
            {
                Read = found.Read + mappings.Count(mapped => mapped is not Mapped.NotEligible),
                OutOfScope = found.OutOfScope + mappings.Count(mapped => mapped is Mapped.OutOfScope),
                Invalid = found.Invalid + mappings.Count(mapped => mapped is Mapped.Invalid or Mapped.Unreadable),
                There = found.There + ready.Count - compared.Count,
                UnknownToLedger = found.UnknownToLedger + records.Count(record => !entries.ContainsKey(record.Id)),
            };
            progress?.Report(found.Read);
        }

        seen.UnionWith(cards.TakeUnreadable().Select(record => record.Id).OfType<string>()); // there, though they cannot be read
        return found with
        {
            Discrepancies = [.. discrepancies.OrderBy(one => one.Id.Length).ThenBy(one => one.Id, StringComparer.Ordinal)],
            UnknownToBitrix24 = [.. entries.Values.Where(entry => entry.DeliveredAt is not null && !seen.Contains(entry.Id)).Select(entry => entry.Id)],
        };
    }

    // So many at the same time as a run sends.
    private async Task<IReadOnlyCollection<Discrepancy>> CompareAsync(
        OtmechalkaClient otmechalka, IEnumerable<Mapped.Ready> ready, Dictionary<string, LedgerEntry> entries, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<Mapped.Ready>(ready);
        var found = new ConcurrentBag<Discrepancy>();
        await Task.WhenAll(Enumerable.Range(0, settings.Otmechalka.Concurrency).Select(_ => WorkAsync()));
        return found;

        async Task WorkAsync()
        {
            while (queue.TryDequeue(out var one))
            {
                if (await CompareAsync(otmechalka, one, entries, cancellationToken) is { } discrepancy)
                {
                    found.Add(discrepancy);
                }
            }
        }
    }

    private static async Task<Discrepancy?> CompareAsync(
        OtmechalkaClient otmechalka, Mapped.Ready ready, Dictionary<string, LedgerEntry> entries, CancellationToken cancellationToken)
    {
        switch (ready)
        {
            case ReadyClient { Client: var client }:
                var (answer, held) = await otmechalka.ReadClientAsync(client.OriginId, cancellationToken);
                var differences = answer.Verdict == OtmechalkaVerdict.Accepted ? ObjectFields.Compare(ObjectFields.Of(client), held) : [];
                return Judge(client.OriginId, answer, differences, entries);
            case ReadyTicket { Ticket: var ticket }:
                return Judge(ticket.OriginId, await otmechalka.FindTicketAsync(ticket.OriginId, cancellationToken), [], entries);
            default:
                return null;
        }
    }

    private static Discrepancy? Judge(string id, OtmechalkaAnswer answer, IReadOnlyList<FieldDifference> differences, Dictionary<string, LedgerEntry> entries)
    {
        var entry = entries.GetValueOrDefault(id);
        return answer.Verdict switch
        {
            OtmechalkaVerdict.Accepted when differences.Count == 0 => null,
            OtmechalkaVerdict.Accepted => new Discrepancy(id, Comparison.Different, [.. differences.Select(one => one.Name)], entry?.Outcome, entry?.Code),
            OtmechalkaVerdict.Absent => new Discrepancy(id, Comparison.Missing, [], entry?.Outcome, entry?.Code),
            _ => new Discrepancy(id, Comparison.Unclear, [], entry?.Outcome, answer.Code),
        };
    }
}
