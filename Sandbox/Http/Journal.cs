namespace B24Otmechalka.Sandbox.Http;

/// <summary>One request and how it ended. <paramref name="Status"/> is <see langword="null"/> when no answer was given.</summary>
internal sealed record JournalEntry(
    DateTimeOffset At,
    string Operation,
    string Method,
    string Path,
    string Query,
    string Body,
    IReadOnlyList<SandboxCommand> Commands,
    int? Status
);

/// <summary>The latest requests to one CRM. Thread-safe.</summary>
internal sealed class Journal
{
    private readonly Lock gate = new();
    private readonly Queue<JournalEntry> entries = new();

    /// <summary>How many entries are kept; 0 keeps none, for long runs.</summary>
    public int Capacity { get; set; } = 10_000;

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }

    public void Add(JournalEntry entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry);
            while (entries.Count > Capacity)
            {
                entries.Dequeue();
            }
        }
    }
}
