namespace B24Otmechalka.Core.Sync;

/// <summary>
/// When a run has to end, and why. Two signals, because what was sent should be noted: <see cref="Stop"/> lets nothing new begin and breaks
/// off what only reads; <see cref="Abort"/> breaks off even what is being sent or written.
/// </summary>
internal sealed class RunLifetime : IDisposable
{
    /// <summary>
    /// How long what is under way may take to end after the run was cancelled. The Functions host kills its worker five seconds
    /// after it has told it to end (see <c>RunningTicks</c>); storing what is done, giving the lease back and sending the last events take
    /// some of them.
    /// </summary>
    private static readonly TimeSpan GraceAfterCancel = TimeSpan.FromSeconds(2.5);

    /// <summary>The same after the time budget is spent: texts already owed are still written.</summary>
    private static readonly TimeSpan GraceAfterBudget = TimeSpan.FromSeconds(60);

    private readonly CancellationToken cancelled;
    private readonly CancellationToken leaseLost;
    private readonly CancellationTokenSource budget;
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenSource abort;
    private readonly CancellationTokenRegistration[] registrations; // the tokens outlive the run
    private Exception? failure;

    /// <summary>The run begins.</summary>
    /// <param name="timeBudget">After so long nothing new is begun.</param>
    /// <param name="time">The clock.</param>
    /// <param name="leaseLost">Signalled when the job's lease can no longer be held.</param>
    /// <param name="cancelled">The host's cancellation.</param>
    public RunLifetime(TimeSpan timeBudget, TimeProvider time, CancellationToken leaseLost, CancellationToken cancelled)
    {
        (this.cancelled, this.leaseLost) = (cancelled, leaseLost);
        budget = new CancellationTokenSource(timeBudget, time);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled, leaseLost, budget.Token);
        abort = new CancellationTokenSource(timeBudget + GraceAfterBudget, time);
        registrations = [cancelled.Register(() => abort.CancelAfter(GraceAfterCancel)), leaseLost.Register(abort.Cancel)];
    }

    /// <summary>Nothing new is begun; reading is broken off.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Sending and writing are broken off.</summary>
    public CancellationToken Abort => abort.Token;

    /// <summary>Whether the time budget is spent, and nothing else ends the run.</summary>
    public bool IsBudgetSpent => budget.IsCancellationRequested && !cancelled.IsCancellationRequested;

    /// <summary>A stage has failed: the run has to end. The first failure counts; what the run itself broke off is none.</summary>
    public void Fail(Exception error)
    {
        if (error is OperationCanceledException && (stop.IsCancellationRequested || abort.IsCancellationRequested))
        {
            return;
        }

        Interlocked.CompareExchange(ref failure, error, null);
        stop.Cancel();
    }

    /// <summary>Throws what has ended the run; not the time budget, which is an ordinary end.</summary>
    public void ThrowIfFailed()
    {
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        cancelled.ThrowIfCancellationRequested();
        leaseLost.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        budget.Dispose();
        stop.Dispose();
        abort.Dispose();
    }
}
