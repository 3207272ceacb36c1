namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// What a session knows of its job's ledger: the pending entries from its start, of the others those it has read or stored.
/// Thread-safe: reading learns while storing changes.
/// </summary>
/// <param name="start">The pending entries.</param>
/// <param name="fingerprints">Makes the fingerprints of older versions keyed.</param>
internal sealed class KnownEntries(IReadOnlyCollection<LedgerEntry> start, Fingerprints fingerprints)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LedgerEntry> pending = start
        .DistinctBy(entry => entry.Id)
        .ToDictionary(entry => entry.Id, fingerprints.Of);

    // Without an entry: it is known that there is none.
    private readonly Dictionary<string, LedgerEntry?> settled = [];
    private readonly HashSet<string> unkeyed = [.. start.Where(entry => !Fingerprints.IsKeyed(entry)).Select(entry => entry.Id)];
    private bool knowsAllSettled;

    /// <summary>Entries that runs still owe something.</summary>
    public IReadOnlyCollection<LedgerEntry> Pending => Locked(() => (LedgerEntry[])[.. pending.Values]);

    /// <summary>All entries that are known.</summary>
    public IReadOnlyList<LedgerEntry> All => Locked(() => (LedgerEntry[])[.. pending.Values, .. settled.Values.OfType<LedgerEntry>()]);

    /// <summary>Whether there is no entry that is not known.</summary>
    public bool IsComplete => Locked(() => knowsAllSettled);

    /// <summary>Whether the record's status has not been written yet.</summary>
    public bool OwesStatus(string id) => Locked(() => pending.GetValueOrDefault(id)?.StatusOwed == true);

    /// <summary>Whether a version before this one stored the record's entry, with fingerprints that are not keyed.</summary>
    public bool IsUnkeyed(string id) => Locked(() => unkeyed.Contains(id));

    /// <summary>The records of which it is not known whether they have an entry.</summary>
    public string[] UnknownOf(IEnumerable<string> ids) =>
        Locked(() => knowsAllSettled ? [] : ids.Where(id => !pending.ContainsKey(id) && !settled.ContainsKey(id)).Distinct().ToArray());

    /// <summary>The entries of these records, as far as there are any.</summary>
    public IReadOnlyDictionary<string, LedgerEntry> Of(IEnumerable<string> ids) =>
        Locked(() =>
            ids.Distinct()
                .Select(id => pending.GetValueOrDefault(id) ?? settled.GetValueOrDefault(id))
                .OfType<LedgerEntry>()
                .ToDictionary(entry => entry.Id)
        );

    /// <summary>In which rows the record's entry stands.</summary>
    public (bool Pending, bool Settled) RowsOf(string id) =>
        Locked(() => (pending.ContainsKey(id), settled.GetValueOrDefault(id) is not null));

    /// <summary>Settled entries were read.</summary>
    /// <param name="entries">What there is.</param>
    /// <param name="asked">The records that were asked for; <see langword="null"/> when all entries were.</param>
    public void Learn(IReadOnlyList<LedgerEntry> entries, IReadOnlyCollection<string>? asked)
    {
        lock (gate)
        {
            knowsAllSettled |= asked is null;
            foreach (var id in asked ?? [])
            {
                settled.TryAdd(id, null);
            }

            // What the session has stored meanwhile is newer.
            foreach (var entry in entries.Where(one => !pending.ContainsKey(one.Id) && settled.GetValueOrDefault(one.Id) is null))
            {
                settled[entry.Id] = fingerprints.Of(entry);
                if (!Fingerprints.IsKeyed(entry))
                {
                    unkeyed.Add(entry.Id);
                }
            }
        }
    }

    /// <summary>Changes were stored.</summary>
    public void Store(IEnumerable<LedgerChange> changes)
    {
        lock (gate)
        {
            foreach (var (entry, forgets) in changes)
            {
                pending.Remove(entry.Id);
                settled.Remove(entry.Id);
                unkeyed.Remove(entry.Id);
                if (entry.IsPending && !forgets)
                {
                    pending[entry.Id] = entry;
                }
                else
                {
                    settled[entry.Id] = forgets ? null : entry;
                }
            }
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
