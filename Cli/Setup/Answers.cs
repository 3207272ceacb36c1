using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Setup;

/// <summary>
/// The answers, each stored as soon as it is given. Those of <c>--set</c> are answers too: they are stored, whatever the files hold.
/// </summary>
internal sealed class Answers
{
    private readonly Session session;
    private readonly bool again;
    private readonly SettingsFiles files;
    private readonly Dictionary<string, string> tried = [];
    private readonly HashSet<string> asked = [];

    public Answers(Session session, bool again)
    {
        (this.session, this.again) = (session, again);
        var template = Path.Combine(session.Context.ApplicationDirectory, ConfigurationSources.Mapping);
        files = new SettingsFiles(
            session.Context.WorkingDirectory,
            File.Exists(template) ? File.ReadAllText(template) : "{ \"Mapping\": {} }"
        );
    }

    /// <summary>The settings that were stored, in their order.</summary>
    public List<string> Written { get; } = [];

    /// <summary>The setting that takes the mapping from somewhere else than from the file that would be written.</summary>
    public string? Foreign =>
        new[] { ConfigurationSources.MappingFile, ConfigurationSources.MappingJson }.FirstOrDefault(name =>
            !string.IsNullOrWhiteSpace(session.Context.Environment.GetValueOrDefault(name))
        );

    /// <summary>All settings, with what was answered and what is tried just now.</summary>
    public ExaminedSettings Examine() => session.ExamineSettings(tried);

    /// <summary>Whether this must be asked: it is missing or wrong, or everything is to be asked again.</summary>
    public bool MustAsk(string setting) => !Examine().IsRight(setting) || (again && asked.Add(setting) && !IsOption(setting));

    /// <summary>Takes an answer for a try.</summary>
    /// <returns>What is wrong with it by itself; <see langword="null"/> when nothing is.</returns>
    public string? Try(string setting, string value)
    {
        tried[setting] = value;
        var problem = Examine().Problems.FirstOrDefault(problem => problem.Setting == setting);
        if (problem is not null)
        {
            tried.Remove(setting);
        }

        return problem?.Problem;
    }

    /// <summary>Takes back an answer that did not stand the trial.</summary>
    public void Drop(string setting) => tried.Remove(setting);

    /// <summary>Stores the answer that is tried.</summary>
    public void Store(string setting)
    {
        if (tried.Remove(setting, out var value))
        {
            Write(setting, value);
        }
    }

    /// <summary>Stores a value.</summary>
    public void Write(string setting, string value)
    {
        files.Set(setting, value);
        Written.Add(setting);
        if (session.Context.Environment.GetValueOrDefault(setting) is { Length: > 0 } hiding && hiding != value)
        {
            session.Say(CliStrings.Of("Warning", SetupStrings.Of("Hidden", setting)));
        }
    }

    /// <summary>Gives a branch of the deals another number.</summary>
    public void Rename(string setting, string key)
    {
        files.Rename(setting, key);
        Written.Add(setting);
    }

    /// <summary>Stores what the command itself sets, if it is right.</summary>
    /// <exception cref="ConfigurationException">Something of it is wrong: all of it.</exception>
    public void StoreOptions()
    {
        var problems = Examine().Problems.Where(problem => IsOption(problem.Setting)).ToList();
        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }

        foreach (var (setting, value) in session.Sets)
        {
            Write(setting, value ?? "");
        }
    }

    private bool IsOption(string setting) => session.Sets.Any(set => set.Key.Equals(setting, StringComparison.OrdinalIgnoreCase));
}
