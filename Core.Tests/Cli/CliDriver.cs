using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using B24Otmechalka.Cli;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>
/// Runs the command line in process, between both emulated CRMs and a table in memory, under virtual time: all its own code
/// from the arguments to the exit code. Its files lie in a folder of their own.
/// </summary>
internal sealed partial class CliDriver : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("b24sync-").FullName;

    public CliDriver(World? world = null)
    {
        World = world ?? World.Sample();
        Directory.CreateDirectory(ApplicationFolder);
        var values = new JsonObject();
        foreach (var (name, value) in TestSettings.Complete(World.Crms.WebhookUrl, World.Crms.OtmechalkaUrl, World.Crms.ApiKey))
        {
            values[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        Write("local.settings.json", new JsonObject { ["IsEncrypted"] = false, ["Values"] = values }.ToJsonString());
    }

    public World World { get; }

    public string Folder => folder;

    public string ApplicationFolder => Path.Combine(folder, "app");

    public Dictionary<string, string?> Environment { get; } = [];

    public bool IsTerminal { get; init; }

    /// <summary>What a person will type, line by line; then the input ends.</summary>
    public Queue<string> Typed { get; } = [];

    /// <summary>The same as one text.</summary>
    public string TypedText
    {
        init => Array.ForEach(value.Length == 0 ? [] : value.TrimEnd('\n').Split('\n'), Typed.Enqueue);
    }

    /// <summary>Another otmechalka for <c>conformance</c> than the world's.</summary>
    public Func<HttpMessageHandler>? Stand { get; set; }

    /// <summary>What the last command printed on standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What it printed on standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The one JSON object it printed.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Storage that a probe sees.</summary>
    public List<MemoryTable> ProbeTables { get; } = [];

    /// <summary>Puts a file beside the command.</summary>
    public void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite); // it holds secrets
        }
    }

    /// <summary>Runs a command to its exit code.</summary>
    public int Run(params string[] args) => Run(CancellationToken.None, args);

    public int Run(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var wasAsked = false;
        var context = new CliContext
        {
            Output = output,
            Error = IsTerminal ? new WrappedWriter(error) : error,
            IsInputTerminal = IsTerminal,
            IsOutputTerminal = IsTerminal,
            IsErrorTerminal = IsTerminal,
            WorkingDirectory = folder,
            ApplicationDirectory = ApplicationFolder,
            Environment = Environment,
            Time = World.Time,
            ReadLine = (_, _) => Task.FromResult((wasAsked |= Typed.TryDequeue(out var line)) ? line : null),
            Services = Substitute,
        };
        try
        {
            return World.Time.Run(() => CommandLine.RunAsync(args, context, cancellationToken));
        }
        finally
        {
            Output = output.ToString();
            Error = error.ToString();
            // The terminal shows the end of each typed line, which is not part of the output.
            if (!args.Contains("--json") && !wasAsked)
            {
                AssertFits(Output);
                AssertFits(IsTerminal ? Error : "");
            }
        }
    }

    /// <summary>Whatever is shown to a person fits eighty columns; an address may be longer, on a line of its own.</summary>
    private static void AssertFits(string text) =>
        Assert.DoesNotContain(
            Colours().Replace(text, "").Split('\n', '\r'),
            line => line.Length > LineWrap.Columns && line.Trim().Contains(' ')
        );

    [GeneratedRegex("\e\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Colours();

    /// <summary>Makes the folder one that nothing has been set up in; the program brings the mapping of the repository.</summary>
    public void Empty()
    {
        File.Delete(Path.Combine(folder, "local.settings.json"));
        File.WriteAllText(Path.Combine(ApplicationFolder, "mapping.json"), Docs.Documents.Read("mapping.json"));
    }

    /// <summary>A file beside the command.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(folder, name));

    /// <summary>Takes the job's lock, as another run.</summary>
    public void Lock(SyncJob job) => World.Time.Run(() => World.Store(job).TryOpenAsync(CancellationToken.None));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Substitute(IServiceCollection services)
    {
        services.AddSingleton(new Jitter(new Random(1)));
        services.AddSingleton(World.Storage ?? World.Table);
        services.AddSingleton(
            new StorageProbe(
                _ =>
                {
                    ProbeTables.Add(new MemoryTable(World.Time));
                    return ProbeTables[^1];
                },
                World.Time
            )
        );
        services.AddHttpClient(RequestMeter.Bitrix24).UseVirtualTime(World.Time, World.Crms.CreateHandler);
        services.AddHttpClient(RequestMeter.Otmechalka).UseVirtualTime(World.Time, World.Crms.CreateHandler);
        services
            .AddHttpClient(B24OtmechalkaServices.ConformanceClient)
            .UseVirtualTime(World.Time, () => Stand?.Invoke() ?? World.Crms.CreateHandler());
    }
}
