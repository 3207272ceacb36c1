using System.Diagnostics;
using System.Globalization;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Sandbox.Azurite;

/// <summary>How Azurite is started.</summary>
/// <param name="Port">0 picks a free one.</param>
/// <param name="DataFolder">
/// Where tables are kept, so that they outlive the process. Azurite saves every five seconds and when it is stopped in order.
/// <see langword="null"/>: in memory.
/// </param>
/// <param name="IsIndexed">Whether entities are found by an index, as the service does it, and not as Azurite does.</param>
internal sealed record AzuriteOptions(int Port = 0, string? DataFolder = null, bool IsIndexed = false);

/// <summary>
/// Azurite's table service as a process of its own, which ends with this one however this one ends. Installs what is missing.
/// </summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    /// <summary>Azurite's published account: the same on every machine, and no secret.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly NpmPackage Package = new(
        Resources.ReadText("azurite-package.json"),
        Resources.ReadText("azurite-package-lock.json"),
        Path.Combine("node_modules", "azurite", "dist", "src", "table", "main.js")
    );

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    private readonly Process process;
    private readonly Task output;
    private readonly Task<string> errors;

    private AzuriteProcess(Process process, int port, Task output, Task<string> errors) =>
        (this.process, Port, this.output, this.errors) = (process, port, output, errors);

    public int Port { get; }

    public int ProcessId => process.Id;

    public Uri TableEndpoint => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{Account}");

    /// <summary>The setting <c>AzureWebJobsStorage</c>.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={TableEndpoint};";

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="say">Told what is being done; the default says it on standard error.</param>
    /// <exception cref="SandboxException">It cannot be started here.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        AzuriteOptions? options = null,
        Action<string>? say = null,
        CancellationToken cancellationToken = default
    )
    {
        var runtime = await NodeRuntime.FindAsync(cancellationToken);
        var script = await Package.EnsureAsync(
            NpmPackage.Cache,
            runtime,
            say ?? Console.Error.WriteLine,
            cancellationToken: cancellationToken
        );
        var process = ChildProcess.Start(runtime.Node, Arguments(script, options ?? new AzuriteOptions()));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            using var late = new CancellationTokenSource(StartLimit, TimeProvider.System);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
            var port =
                await ReadPortAsync(process, limit.Token)
                ?? throw new SandboxException($"Azurite did not start: {(await errors).ReplaceLineEndings(" ").Trim()}");
            var azurite = new AzuriteProcess(process, port, process.StandardOutput.ReadToEndAsync(CancellationToken.None), errors);
            await azurite.WaitForAnswerAsync(limit.Token);
            return azurite;
        }
        catch (Exception error)
        {
            process.Kill();
            process.Dispose();
            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new SandboxException($"Azurite did not answer within {StartLimit.TotalSeconds} seconds.", error);
            }

            throw;
        }
    }

    /// <summary>Ends it as a power cut would: nothing is saved.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Stops it in order.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopLimit, TimeProvider.System);
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            await KillAsync();
        }

        await Task.WhenAll(output, errors);
        process.Dispose();
    }

    private static IEnumerable<string> Arguments(string script, AzuriteOptions options) =>
        [
            "-e",
            (options.IsIndexed ? Resources.ReadText("azurite-index.js") : "") + Resources.ReadText("azurite-table.js"),
            "--",
            script,
            "--tableHost",
            "127.0.0.1",
            "--tablePort",
            options.Port.ToString(CultureInfo.InvariantCulture),
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--silent",
            .. options.DataFolder is { } folder ? (string[])["--location", folder] : ["--inMemoryPersistence"],
        ];

    private static async Task<int?> ReadPortAsync(Process process, CancellationToken cancellationToken)
    {
        const string mark = "listening on port ";
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                return int.Parse(line.AsSpan(mark.Length), CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private async Task WaitForAnswerAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(TableEndpoint, cancellationToken);
    }
}
