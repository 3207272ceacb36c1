namespace B24Otmechalka.Sandbox.Bitrix24.Limits;

/// <summary>
/// Execution time by webhook and method over ten buckets of a minute (docs/bitrix24.md, section 3). A bucket falls out ten minutes after
/// its first call, and no other with it. Not thread-safe.
/// </summary>
internal sealed class OperatingBudget(TimeProvider time)
{
    private static readonly TimeSpan BucketLength = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly Dictionary<(string Webhook, string Method), Queue<Bucket>> buckets = [];

    /// <summary>Time spent in the window, and when its oldest bucket falls out.</summary>
    public (TimeSpan Spent, DateTimeOffset ResetAt) Read(string webhook, string method)
    {
        var buckets = Current(webhook, method);
        return buckets.TryPeek(out var oldest)
            ? (buckets.Aggregate(TimeSpan.Zero, (sum, bucket) => sum + bucket.Spent), oldest.FirstCall + Window)
            : (TimeSpan.Zero, time.GetUtcNow() + Window);
    }

    public void Add(string webhook, string method, TimeSpan spent)
    {
        var buckets = Current(webhook, method);
        var now = time.GetUtcNow();
        var last = buckets.LastOrDefault();
        if (last is null || now - last.FirstCall >= BucketLength)
        {
            buckets.Enqueue(last = new Bucket(now));
        }

        last.Spent += spent;
    }

    private Queue<Bucket> Current(string webhook, string method)
    {
        if (!this.buckets.TryGetValue((webhook, method), out var buckets))
        {
            this.buckets[(webhook, method)] = buckets = new Queue<Bucket>();
        }

        while (buckets.TryPeek(out var oldest) && time.GetUtcNow() - oldest.FirstCall >= Window)
        {
            buckets.Dequeue();
        }

        return buckets;
    }

    private sealed class Bucket(DateTimeOffset firstCall)
    {
        public DateTimeOffset FirstCall { get; } = firstCall;

        public TimeSpan Spent { get; set; }
    }
}
