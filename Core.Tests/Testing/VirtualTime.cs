namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// A clock and a scheduler in one: everything runs on the calling thread, and when nothing is left to do the clock jumps to
/// the next timer. Deterministic: the same work gives the same order. Completions of outside calls run without a
/// synchronisation context, so that library code that uses <c>ConfigureAwait(false)</c> goes on inline as well.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly Queue<Action> work = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> timers = new();
    private readonly Context context;
    private long now;
    private long order;

    public VirtualTime(DateTimeOffset start)
    {
        now = start.UtcTicks;
        context = new Context(this);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Decides which of several pieces of work that are ready runs next; the first when not set.</summary>
    public Func<int, int>? Choose { get; set; }

    public override DateTimeOffset GetUtcNow() => new(now, TimeSpan.Zero);

    public override long GetTimestamp() => now;

    /// <summary>Lets time pass between two runs.</summary>
    public void Advance(TimeSpan span) => Run(async () => await Task.Delay(span, this));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs the work to its end.</summary>
    /// <exception cref="TimeoutException">It waits for something that never comes.</exception>
    public T Run<T>(Func<Task<T>> start)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var task = start();
            while (!task.IsCompleted)
            {
                Step();
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public void Run(Func<Task> start) => Run(async () =>
    {
        await start();
        return 0;
    });

    private void Step()
    {
        if (work.Count > 0)
        {
            Next()();
            return;
        }

        while (timers.TryDequeue(out var timer, out var due))
        {
            if (timer.IsCurrent(due.Order))
            {
                now = Math.Max(now, due.Due);
                timer.Fire();
                return;
            }
        }

        throw new TimeoutException("Everything waits and no timer is set.");
    }

    private Action Next()
    {
        var skip = Choose?.Invoke(work.Count) ?? 0;
        for (var i = 0; i < skip; i++)
        {
            work.Enqueue(work.Dequeue());
        }

        return work.Dequeue();
    }

    private sealed class Context(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time.work.Enqueue(() =>
        {
            SetSynchronizationContext(this);
            d(state);
        });

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class VirtualTimer(VirtualTime time, Action callback) : ITimer
    {
        private long current = -1;
        private TimeSpan period;

        public bool IsCurrent(long order) => current == order;

        public void Fire()
        {
            current = -1;
            if (period > TimeSpan.Zero)
            {
                Change(period, period);
            }

            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                callback();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            period = newPeriod;
            current = -1;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                current = ++time.order;
                time.timers.Enqueue(this, (time.now + dueTime.Ticks, current));
            }

            return true;
        }

        public void Dispose() => current = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
