namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// Writes that have their DATE_MODIFY already and become visible later, as a slow transaction does (facts, trap 4).
/// Each is carried out in the order in which it falls due. Not thread-safe.
/// </summary>
internal sealed class PendingWrites
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Number)> _writes = new();
    private long _number;

    public int Count => _writes.Count;

    public void Add(DateTimeOffset due, Action write) => _writes.Enqueue(write, (due, _number++));

    public void Carry(DateTimeOffset now)
    {
        while (_writes.TryPeek(out var write, out var order) && order.Due <= now)
        {
            _writes.Dequeue();
            write();
        }
    }
}
