using System.Diagnostics;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Benchmarks;

/// <summary>A process of this program, or of a peer, that is spoken with line by line. Ends with its owner.</summary>
internal sealed class ChildRole(Process process) : IAsyncDisposable
{
    private readonly Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);

    /// <summary>Starts this program once more, in another role.</summary>
    public static ChildRole StartSelf(string role, string argument)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The program does not know its own file.");
        var assembly = typeof(ChildRole).Assembly.Location;
        var isHost = Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ChildRole(ChildProcess.Start(isHost ? self : "dotnet", [assembly, role, argument]));
    }

    public Process Process => process;

    public void Say(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>The next line that is an object.</summary>
    /// <exception cref="InvalidOperationException">It ended without one.</exception>
    public async Task<T> HearAsync<T>(CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith('{'))
            {
                return Lines.Read<T>(line);
            }
        }

        throw new InvalidOperationException($"A process of the benchmark ended too early: {(await errors).Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
