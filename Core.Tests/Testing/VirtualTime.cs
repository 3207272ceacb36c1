namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// A clock and a scheduler in one: everything runs on the calling thread, and when nothing is left to do the clock jumps to
/// the next timer. Deterministic: the same work gives the same order. Completions of outside calls run without a
/// synchronisation context, so that library code that uses <c>ConfigureAwait(false)</c> goes on inline as well; where a
/// library insists on the thread pool all the same (a contended semaphore), the clock stands until it has come back.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly AsyncLocal<VirtualTime?> Current = new(change =>
    {
        change.PreviousValue?.Count(-1);
        change.CurrentValue?.Count(1);
    });

    [ThreadStatic]
    private static VirtualTime? loop;

    private readonly Lock gate = new();
    private readonly Queue<Action> work = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> timers = new();
    private readonly Context context;
    private long now;
    private long order;
    private int elsewhere;
    private int returning;
    private bool killed;

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
    /// <exception cref="ProcessDiedException"><see cref="Kill"/> was called.</exception>
    public T Run<T>(Func<Task<T>> start)
    {
        var (before, wasLoop, wasCurrent) = (SynchronizationContext.Current, loop, Current.Value);
        loop = this;
        Current.Value = this;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var task = start();
            while (!task.IsCompleted && !killed)
            {
                Step();
            }

            return killed ? throw new ProcessDiedException() : task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            Current.Value = wasCurrent;
            loop = wasLoop;
            Bury();
        }
    }

    /// <summary>
    /// The process dies here and now: nothing that it began goes on, not even to tidy up, and <see cref="Run{T}"/> throws. To
    /// be called from a call that then never answers.
    /// </summary>
    public void Kill() => killed = true;

    /// <summary>Calls library code so that what comes back to it goes on inline, also when it is cancelled from within.</summary>
    public Task<T> Outside<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return CallAsync(call, cancellationToken);
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

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var source = new CancellationTokenSource();
        var cancelled = false;
        using var registration = cancellationToken.UnsafeRegister(
            _ =>
            {
                cancelled = true;
                Interlocked.Increment(ref returning);
                Enqueue(() => WithoutContext(source.Cancel));
            },
            null);
        try
        {
            return await call(source.Token).ConfigureAwait(false);
        }
        finally
        {
            if (cancelled)
            {
                Interlocked.Decrement(ref returning);
            }
        }
    }

    private void Step()
    {
        if (TryNext() is { } next)
        {
            next();
            return;
        }

        if (ComesBack())
        {
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

    // Whether something is on its way through the thread pool; waits for it.
    private bool ComesBack()
    {
        var wait = new SpinWait();
        for (var quiet = 0; quiet < 3;)
        {
            lock (gate)
            {
                if (work.Count > 0)
                {
                    return true;
                }
            }

            var busy = Volatile.Read(ref elsewhere) > 0 || Volatile.Read(ref returning) > 0 || ThreadPool.PendingWorkItemCount > 0;
            quiet = busy ? 0 : quiet + 1;
            wait.SpinOnce(sleep1Threshold: -1);
        }

        return false;
    }

    private Action? TryNext()
    {
        lock (gate)
        {
            if (work.Count == 0)
            {
                return null;
            }

            for (var skip = Choose?.Invoke(work.Count) ?? 0; skip > 0; skip--)
            {
                work.Enqueue(work.Dequeue());
            }

            return work.Dequeue();
        }
    }

    private void Enqueue(Action action)
    {
        lock (gate)
        {
            work.Enqueue(action);
        }
    }

    private void Count(int change)
    {
        if (loop != this)
        {
            Interlocked.Add(ref elsewhere, change);
        }
    }

    private void Bury()
    {
        if (killed)
        {
            killed = false;
            work.Clear();
            timers.Clear();
        }
    }

    private static void WithoutContext(Action action)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class Context(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time.Enqueue(() =>
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

/// <summary>Calls the whole pipeline of an HTTP client by <see cref="VirtualTime.Outside"/>.</summary>
internal sealed class OutsideHandler(VirtualTime time) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        time.Outside(token => base.SendAsync(request, token), cancellationToken);
}

/// <summary>See <see cref="VirtualTime.Kill"/>.</summary>
internal sealed class ProcessDiedException() : Exception("The process died.");
