using System.Text;
using System.Text.Json;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// Writes answers into the two files of settings: only what is said changes, and a reader sees the old file or the new one, never half.
/// </summary>
/// <param name="folder">Where the files are, or are made.</param>
/// <param name="mappingTemplate">The mapping that a folder without one gets.</param>
public sealed class SettingsFiles(string folder, string mappingTemplate)
{
    private const string LocalTemplate = """
        {
          "IsEncrypted": false,
          "Values": {
            "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
            "CONTACT_SYNC_SCHEDULE": "0 */5 * * * *",
            "DEAL_SYNC_SCHEDULE": "0 2-59/5 * * * *"
          }
        }

        """;

    /// <summary>The file of the settings of this machine.</summary>
    public string LocalSettings { get; } = Path.Combine(folder, ConfigurationSources.LocalSettings);

    /// <summary>The file of the mapping.</summary>
    public string Mapping { get; } = Path.Combine(folder, ConfigurationSources.Mapping);

    /// <summary>Stores a setting in the file it belongs to.</summary>
    /// <param name="setting">The setting's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="Sync.ConfigurationException">The file is broken.</exception>
    public void Set(string setting, string value)
    {
        if (!setting.StartsWith("Mapping__", StringComparison.Ordinal))
        {
            Change(LocalSettings, LocalTemplate, edits => edits.Set("Values:" + setting, value));
        }
        else
        {
            Change(Mapping, mappingTemplate, edits => edits.Set(SettingsLayer.Path(setting), value));
        }
    }

    /// <summary>Gives a key of the mapping another name: the branch of a deal.</summary>
    /// <param name="setting">The setting whose last part is the key.</param>
    /// <param name="key">The new key.</param>
    /// <exception cref="Sync.ConfigurationException">The file is broken.</exception>
    public void Rename(string setting, string key) =>
        Change(Mapping, mappingTemplate, edits => edits.Rename(SettingsLayer.Path(setting), key));

    private static void Change(string path, string template, Func<JsonEdits, bool> change)
    {
        var file = Path.GetFileName(path);
        try
        {
            var edits = new JsonEdits(File.Exists(path) ? File.ReadAllText(path).TrimStart('\uFEFF') : template);
            if (!change(edits))
            {
                throw new Sync.ConfigurationException([new Sync.ConfigurationProblem(file, ConfigurationStrings.Of("NoPlace"))]);
            }

            Write(path, edits.ToString());
        }
        catch (JsonException error)
        {
            throw new Sync.ConfigurationException([
                new Sync.ConfigurationProblem(
                    file,
                    ConfigurationStrings.Of("NotJson", file, error.LineNumber + 1, error.BytePositionInLine + 1)
                ),
            ]);
        }
    }

    // For its owner alone: secrets stand in one of the two.
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = path + ".new";
        File.Delete(draft); // one that was left behind keeps its own mode
        using (var writer = new StreamWriter(draft, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }
}
