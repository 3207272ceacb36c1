using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>The project's own worker as a process, started as the Functions host starts it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private WorkerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where the build puts Functions.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(
            typeof(WorkerProcess)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(metadata => metadata.Key == "WorkerFolder")
                .Value!
        );

    /// <summary>Everything it wrote to standard output and standard error so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it with no more of this environment than a process needs, and with the app's settings.</summary>
    /// <param name="port">The host's.</param>
    /// <param name="settings">The settings of the app, by their names in the environment.</param>
    public static WorkerProcess Start(int port, IReadOnlyDictionary<string, string?> settings)
    {
        const string id = "worker",
            request = "start";
        var (text, uri) = (port.ToString(CultureInfo.InvariantCulture), $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(Folder, "B24Otmechalka.Functions.dll"),
                "--host",
                "127.0.0.1",
                "--port",
                text,
                "--workerId",
                id,
                "--requestId",
                request,
                "--grpcMaxMessageLength",
                "2147483647",
                "--functions-uri",
                uri,
                "--functions-worker-id",
                id,
                "--functions-request-id",
                request,
                "--functions-grpc-max-message-length",
                "2147483647",
            ]
        )
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(name =>
                    name.Contains("__", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)
                )
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>SIGKILL: it gets no chance to do anything more.</summary>
    public void Kill() => process.Kill();

    /// <summary>SIGTERM, which asks it to end.</summary>
    public void Signal() => Xunit.Assert.Equal(0, Signal(process.Id, Terminate));

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It is still there after the limit.</exception>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        await process.WaitForExitAsync().WaitAsync(limit, TimeProvider.System);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
