using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Cli;

/// <summary>One call of the command line: its shared options, where it writes, and the product as it is configured.</summary>
internal sealed class Session(ParseResult parsed, SharedOptions shared, CliContext context)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CliContext Context => context;

    /// <summary>Where results are shown to a person.</summary>
    public Screen Screen { get; } = new(context);

    /// <summary>Whether one JSON object is printed instead of text.</summary>
    public bool IsJson { get; } = parsed.GetValue(shared.Json);

    /// <summary>Whether a person reads the results and can be asked.</summary>
    public bool IsInteractive => !IsJson && context is { IsOutputTerminal: true, IsInputTerminal: true };

    /// <summary>The settings, gathered and checked; what is odd about them is told on standard error.</summary>
    /// <exception cref="Core.Sync.ConfigurationException">Something is wrong with them: all of it.</exception>
    public Settings ReadSettings()
    {
        var examined = ExamineSettings();
        foreach (var warning in examined.Warnings)
        {
            Say(CliStrings.Of("Warning", warning));
        }

        return examined.OrThrow();
    }

    /// <summary>Warns where the command line itself holds a secret: other users see it, and the shell's history keeps it.</summary>
    public void WarnOfSecrets()
    {
        foreach (var (name, _) in Sets.Where(set => SettingNames.IsSecret(set.Key, set.Value)))
        {
            Say(CliStrings.Of("Warning", CliStrings.Of("SecretInSet", name)));
        }
    }

    /// <summary>The settings, and all that is wrong or odd with them.</summary>
    /// <param name="answers">What a person has answered since; a setting of the command itself wins over it.</param>
    public ExaminedSettings ExamineSettings(IReadOnlyDictionary<string, string>? answers = null) => Sources(answers).Examine();

    /// <summary>otmechalka's settings alone, and all that is wrong with them.</summary>
    public ExaminedOtmechalka ExamineOtmechalka() => Sources().ExamineOtmechalka();

    private ConfigurationSources Sources(IReadOnlyDictionary<string, string>? answers = null) =>
        new()
        {
            WorkingDirectory = context.WorkingDirectory,
            ApplicationDirectory = context.ApplicationDirectory,
            Environment = context.Environment,
            ReadsLocalSettings = true,
            Sets =
            [
                .. (answers ?? new Dictionary<string, string>()).Select(answer => KeyValuePair.Create(answer.Key, (string?)answer.Value)),
                .. Sets,
            ],
        };

    /// <summary>The offset in which times are shown: that of the start date, which is the portal's own as a rule.</summary>
    public TimeSpan Offset { get; private set; } = TimeSpan.FromHours(3);

    /// <summary>Our clock, in that offset.</summary>
    public DateTimeOffset Now => context.Time.GetUtcNow().ToOffset(Offset);

    /// <summary>The settings of the command itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Sets { get; } =
    [
        .. (parsed.GetValue(shared.Set) ?? [])
            .Select(text => text.Split('=', 2))
            .Where(parts => parts.Length == 2) // the others are told as wrong
            .Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])),
    ];

    /// <summary>The product.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="log">Where it logs; standard error when not given.</param>
    public ServiceProvider Build(Settings settings, TextWriter? log = null)
    {
        Offset = settings.Sync.StartDate == default ? Offset : settings.Sync.StartDate.Offset;
        return Build(services => services.AddB24Otmechalka(settings).AddOperations(settings), log);
    }

    /// <summary>Some part of the product.</summary>
    /// <param name="add">Adds it.</param>
    /// <param name="log">Where it logs; standard error when not given.</param>
    public ServiceProvider Build(Action<IServiceCollection> add, TextWriter? log = null)
    {
        var services = new ServiceCollection();
        services.TryAddSingleton(context.Time);
        services.AddLogging(logging =>
            logging.SetMinimumLevel(parsed.GetValue(shared.Log)).AddProvider(new ErrorLogger(log ?? context.Error, () => Now))
        );
        add(services);
        context.Services(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Does what the command is to do; whatever keeps it from that is told in one place, and becomes the exit code.</summary>
    /// <param name="act">Prints its result last of all.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <param name="nothing">What <c>--json</c> prints beside the failure; nothing when not given.</param>
    public async Task<int> GuardAsync(Func<Task<int>> act, CancellationToken cancellationToken, Func<JsonObject>? nothing = null)
    {
        WarnOfSecrets();
        try
        {
            return await act();
        }
        catch (Exception error)
        {
            var failure = Failure.Of(error, cancellationToken);
            failure.WriteTo(context.Error);
            if (IsJson)
            {
                var json = nothing?.Invoke() ?? [];
                failure.AddTo(json);
                Print(json);
            }

            return failure.Code;
        }
    }

    /// <summary>Prints the one JSON object.</summary>
    public void Print(JsonObject json) => context.Output.WriteLine(PrintableText.EscapeJson(json.ToJsonString(Readable)));

    /// <summary>A message to the person, not a result.</summary>
    public void Say(string message) => context.Error.WriteLine(PrintableText.OneLine(message));
}
