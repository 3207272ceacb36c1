namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// Records sorted by (key, ID) in chunks, so that adding, removing, counting a range and starting in the middle stay
/// cheap with a hundred thousand of them. A record's key must not change while it is in here.
/// </summary>
internal sealed class OrderedIndex(Func<CrmRecord, long> key)
{
    private const int ChunkSize = 1024;
    private readonly List<List<CrmRecord>> chunks = [];

    public int Count { get; private set; }

    public void Add(CrmRecord record)
    {
        Count++;
        if (chunks.Count == 0)
        {
            chunks.Add([record]);
            return;
        }

        var at = Math.Min(ChunkOf(key(record), record.Id), chunks.Count - 1);
        var chunk = chunks[at];
        chunk.Insert(PlaceIn(chunk, key(record), record.Id), record);
        if (chunk.Count < ChunkSize)
        {
            return;
        }

        // Full at the very end is the usual growth: start a new chunk there instead of halving the full one.
        var keep = at == chunks.Count - 1 ? ChunkSize - 1 : ChunkSize / 2;
        chunks.Insert(at + 1, chunk[keep..]);
        chunk.RemoveRange(keep, chunk.Count - keep);
    }

    public void Remove(CrmRecord record)
    {
        var at = ChunkOf(key(record), record.Id);
        var chunk = chunks[at];
        chunk.RemoveAt(PlaceIn(chunk, key(record), record.Id));
        Count--;
        if (chunk.Count == 0)
        {
            chunks.RemoveAt(at);
        }
    }

    /// <summary>How many records have a key below <paramref name="value"/>.</summary>
    public int Rank(long value)
    {
        var rank = 0;
        foreach (var chunk in chunks)
        {
            if (key(chunk[^1]) >= value)
            {
                return rank + PlaceIn(chunk, value, long.MinValue);
            }

            rank += chunk.Count;
        }

        return rank;
    }

    /// <summary>The records with ranks from <paramref name="from"/> to below <paramref name="to"/>, in order or backwards.</summary>
    public IEnumerable<CrmRecord> Range(int from, int to, bool descending = false)
    {
        var step = descending ? -1 : 1;
        var left = to - from;
        var skip = descending ? Count - to : from;
        for (var at = descending ? chunks.Count - 1 : 0; left > 0 && at >= 0 && at < chunks.Count; at += step)
        {
            var chunk = chunks[at];
            if (skip >= chunk.Count)
            {
                skip -= chunk.Count;
                continue;
            }

            for (; skip < chunk.Count && left > 0; skip++, left--)
            {
                yield return chunk[descending ? chunk.Count - 1 - skip : skip];
            }

            skip = 0;
        }
    }

    private int ChunkOf(long value, long id)
    {
        var (low, high) = (0, chunks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(chunks[middle][^1], value, id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int PlaceIn(List<CrmRecord> chunk, long value, long id)
    {
        var (low, high) = (0, chunk.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(chunk[middle], value, id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int Compare(CrmRecord record, long value, long id)
    {
        var byKey = key(record).CompareTo(value);
        return byKey != 0 ? byKey : record.Id.CompareTo(id);
    }
}
