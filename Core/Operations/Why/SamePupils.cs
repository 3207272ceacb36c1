using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>Contacts that are one pupil.</summary>
/// <param name="Cards">The cards, the oldest first.</param>
/// <param name="Delivered">The IDs of those that otmechalka has taken, as far as the ledger knows.</param>
public sealed record SamePupil(IReadOnlyList<FoundCard> Cards, IReadOnlySet<string> Delivered);

/// <summary>
/// Finds the pupils that stand twice in Bitrix24: each card takes one of the places that otmechalka has (docs/spec.md, section 4.2). Reads
/// every contact since the start date, so it is asked for apart from the status.
/// </summary>
internal sealed class SamePupils(JobFactory jobs, JobStores stores, Bitrix24Client bitrix24, CardFaces faces, Settings settings)
{
    /// <summary>The pupils, those with the most cards first.</summary>
    /// <exception cref="UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task<IReadOnlyList<SamePupil>> FindAsync(CancellationToken cancellationToken)
    {
        var job = jobs.Create(faces.People.Job);
        var entries = (await stores.Of(job.Job).InspectAsync(cancellationToken)).Entries;
        var delivered = entries.Where(entry => entry.DeliveredAt is not null).Select(entry => entry.Id).ToHashSet();
        var groups = new PersonGroups();
        var faceOf = new Dictionary<string, FoundCard>();
        await foreach (var portion in new WindowReader(bitrix24, job.Table).ReadAsync(settings.Sync.StartDate, 0, cancellationToken))
        {
            var eligible = portion.Cards.Where(job.Table.IsEligible).ToList();
            foreach (var (card, mapping) in eligible.Zip(await job.MapAsync(eligible, [], cancellationToken)))
            {
                // What is out of scope takes no place, unless it was delivered before it went out.
                if (mapping is MappingResult.OutOfScope && !delivered.Contains(card.Id))
                {
                    continue;
                }

                groups.Add(card.Id, PersonKeys.Of(job.Person, card));
                faceOf[card.Id] = faces.Of(job, card, card);
            }
        }

        return
        [
            .. groups
                .OfSeveral()
                .Select(ids => new SamePupil(
                    [
                        .. ids.Select(id => faceOf[id])
                            .OrderBy(card => card.Created)
                            .ThenBy(card => card.Id.Length)
                            .ThenBy(card => card.Id, StringComparer.Ordinal),
                    ],
                    ids.Where(delivered.Contains).ToHashSet()
                ))
                .OrderByDescending(same => same.Cards.Count)
                .ThenBy(same => same.Cards[0].Created),
        ];
    }
}

/// <summary>Records that have a key in common belong together, also when only a third one joins them.</summary>
internal sealed class PersonGroups
{
    private readonly Dictionary<string, List<string>> groupOf = [];
    private readonly Dictionary<string, string> firstWith = [];

    /// <summary>Adds a record with its keys; a record that comes again joins itself.</summary>
    public void Add(string id, IReadOnlyList<string> keys)
    {
        if (!groupOf.ContainsKey(id))
        {
            groupOf[id] = [id];
        }

        foreach (var key in keys)
        {
            if (!firstWith.TryAdd(key, id))
            {
                Join(groupOf[firstWith[key]], groupOf[id]);
            }
        }
    }

    /// <summary>The groups of more than one record.</summary>
    public IEnumerable<IReadOnlyList<string>> OfSeveral() => groupOf.Values.Distinct().Where(group => group.Count > 1);

    private void Join(List<string> into, List<string> other)
    {
        if (into == other)
        {
            return;
        }

        into.AddRange(other);
        foreach (var id in other)
        {
            groupOf[id] = into;
        }
    }
}
