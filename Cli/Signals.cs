using System.Runtime.InteropServices;

namespace B24Otmechalka.Cli;

/// <summary>Shows that a signal was heard: on standard error, or where a view that owns the screen shows it.</summary>
internal sealed class SignalNotice
{
    /// <summary>What shows it instead.</summary>
    public Action<string>? Instead { get; set; }

    /// <summary>Shows it.</summary>
    public void Show(string text, TextWriter error) => (Instead ?? error.WriteLine)(text);
}

/// <summary>
/// Ctrl+C and SIGTERM cancel in order: what is under way is ended, stored and the lease given back. A second one ends the
/// process at once; the lease then frees itself.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly CliContext context;
    private int count;

    public Signals(CliContext context)
    {
        this.context = context;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => cancellation.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        cancellation.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref count) > 1)
        {
            Environment.Exit(ExitCode.Cancelled);
        }

        context.Notice.Show(CliStrings.Of("Stopping"), context.Error);
        cancellation.Cancel();
    }
}
