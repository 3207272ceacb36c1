using System.Runtime.InteropServices;

namespace B24Otmechalka.Cli;

/// <summary>
/// Ctrl+C and SIGTERM cancel in order: what is under way is ended, stored and the lock given back. A second one ends the
/// process at once; the lock then frees itself.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly TextWriter error;
    private int count;

    public Signals(TextWriter error)
    {
        this.error = error;
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

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref count) > 1)
        {
            Environment.Exit(ExitCode.Cancelled);
        }

        error.WriteLine(CliStrings.Of("Stopping"));
        cancellation.Cancel();
    }
}
