namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// Writes that have their DATE_MODIFY already and become visible later, as a slow transaction does (docs/bitrix24.md, trap 4).
/// Each is carried out in the order in which it falls due. Not thread-safe.
/// </summary>
internal sealed class PendingWrites
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Number)> writes = new();
    private long number;

    public int Count => writes.Count;

    public void Add(DateTimeOffset due, Action write) => writes.Enqueue(write, (due, number++));

    public void Carry(DateTimeOffset now)
    {
        while (writes.TryPeek(out var write, out var order) && order.Due <= now)
        {
            writes.Dequeue();
            write();
        }
    }
}
