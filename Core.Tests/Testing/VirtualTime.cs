using System.Collections.Concurrent;

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
    private readonly BlockingCollection<Action> fromOtherThreads = [];
    private readonly Context context;
    private int thread;
    private volatile string? intruder;
    private long now;
    private long order;
    private bool killed;

    public VirtualTime(DateTimeOffset start)
    {
        now = start.UtcTicks;
        context = new Context(this, () => true);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Decides which of several pieces of work that are ready runs next; the first when not set.</summary>
    public Func<int, int>? Choose { get; set; }

    /// <summary>
    /// For libraries that go through the thread pool: waits for them instead of failing. The order is then a matter of chance.
    /// </summary>
    public bool AllowsOtherThreads { get; set; }

    public override DateTimeOffset GetUtcNow() => new(now, TimeSpan.Zero);

    public override long GetTimestamp() => now;

    /// <summary>Lets time pass between two runs.</summary>
    public void Advance(TimeSpan span) => Run(async () => await Task.Delay(span, this));

    /// <summary>
    /// A context for a part of the work that may die: before each piece of it runs, <paramref name="mayRun"/> is asked, and
    /// from the first no on nothing of it runs any more.
    /// </summary>
    public SynchronizationContext CreateContext(Func<bool> mayRun) => new Context(this, mayRun);

    /// <summary>Does something on the world's side: what it goes on with belongs to no part that may die.</summary>
    public void Outside(Action action) => In(context, action);

    /// <summary>
    /// Does something as the completion of an outside call: library code that waits for it goes on at once, the product's own
    /// code in its context. (Inside a context the runtime would send the former to the thread pool.)
    /// </summary>
    public static void WithoutContext(Action action) => In(null, action);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs the work to its end.</summary>
    /// <exception cref="TimeoutException">It waits for something that never comes.</exception>
    /// <exception cref="ProcessDiedException"><see cref="Kill"/> was called.</exception>
    public T Run<T>(Func<Task<T>> start)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        thread = Environment.CurrentManagedThreadId;
        try
        {
            var task = start();
            while (!task.IsCompleted && !killed)
            {
                Step();
            }

            if (killed)
            {
                killed = false;
                work.Clear();
                timers.Clear();
                throw new ProcessDiedException();
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Everything that runs stops where it is and never goes on, as when a process is killed.</summary>
    public void Kill() => killed = true;

    public void Run(Func<Task> start) =>
        Run(async () =>
        {
            await start();
            return 0;
        });

    private void Step()
    {
        if (intruder is not null)
        {
            throw new InvalidOperationException(
                "Something went on on another thread, which makes the order a matter of chance:\n" + intruder
            );
        }

        while (fromOtherThreads.TryTake(out var action))
        {
            work.Enqueue(action);
        }

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

        if (AllowsOtherThreads && fromOtherThreads.TryTake(out var late, TimeSpan.FromSeconds(30)))
        {
            late();
            return;
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

    private static void In(SynchronizationContext? context, Action action)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool IsIntruder()
    {
        var isIntruder = Environment.CurrentManagedThreadId != thread;
        if (isIntruder)
        {
            intruder ??= Environment.StackTrace;
        }

        return isIntruder;
    }

    private sealed class Context(VirtualTime time, Func<bool> mayRun) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            if (time.AllowsOtherThreads && Environment.CurrentManagedThreadId != time.thread)
            {
                time.fromOtherThreads.Add(GoOn);
            }
            else if (!time.IsIntruder())
            {
                time.work.Enqueue(GoOn);
            }

            void GoOn()
            {
                if (mayRun())
                {
                    SetSynchronizationContext(this);
                    d(state);
                }
            }
        }

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

            WithoutContext(callback);
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

/// <summary>See <see cref="VirtualTime.Kill"/>.</summary>
internal sealed class ProcessDiedException() : Exception("The process died.");
