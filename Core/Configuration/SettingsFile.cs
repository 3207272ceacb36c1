using System.Text;
using System.Text.Json;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// Reads the two JSON files of settings. Comments, trailing commas and a byte order mark are fine. What is wrong with a file
/// is told by its name and line, never by its contents.
/// </summary>
internal static class SettingsFile
{
    /// <summary>The <c>Values</c> of <c>local.settings.json</c>, as the Functions tools read them.</summary>
    /// <exception cref="ConfigurationException">The file is broken.</exception>
    public static SettingsLayer ReadLocalSettings(string path)
    {
        var (file, layer) = (Path.GetFileName(path), new SettingsLayer());
        foreach (var entry in Parse(ReadText(path, file), file, file, "ExpectedValues"))
        {
            switch (entry.Segments)
            {
                case ["IsEncrypted"] when entry.Value == "true":
                    throw Broken(file, ConfigurationStrings.Of("Encrypted"));
                case ["Values"] when entry.Token != JsonTokenType.StartObject:
                    throw Broken(file, ConfigurationStrings.Of("ExpectedValuesObject"));
                case ["Values", var name] when entry.Token is JsonTokenType.StartObject or JsonTokenType.StartArray:
                    throw Broken(file, ConfigurationStrings.Of("ExpectedText", name));
                case ["Values", var name]:
                    layer.Add(name, entry.Value);
                    break;
                default:
                    break;
            }
        }

        return WithoutDoubles(layer, file, file);
    }

    /// <summary>A mapping file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The name a problem is told by.</param>
    /// <exception cref="ConfigurationException">The file is missing or broken.</exception>
    public static SettingsLayer ReadMapping(string path, string setting) =>
        ParseMapping(ReadText(path, setting), setting, Path.GetFileName(path));

    /// <summary>The text of a mapping file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="setting">The name a problem is told by.</param>
    /// <param name="file">What the text is called.</param>
    /// <exception cref="ConfigurationException">The text is broken.</exception>
    public static SettingsLayer ParseMapping(string text, string setting, string file)
    {
        var layer = new SettingsLayer();
        foreach (var entry in Parse(text, setting, file, "ExpectedMapping"))
        {
            if (entry.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                layer.Add(string.Join(':', entry.Segments), entry.Value);
            }
        }

        return WithoutDoubles(layer, setting, file);
    }

    private static string ReadText(string path, string setting)
    {
        try
        {
            return File.ReadAllText(path); // knows byte order marks, those of UTF-16 too
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Broken(
                setting,
                error is FileNotFoundException or DirectoryNotFoundException
                    ? ConfigurationStrings.Of("NoFile", path)
                    : ConfigurationStrings.Of("UnreadableFile", path)
            );
        }
    }

    private static List<JsonEntry> Parse(string text, string setting, string file, string shape)
    {
        try
        {
            var entries = JsonEntry.Read(Encoding.UTF8.GetBytes(text.Trim('\uFEFF', '\u200B', '\0')));
            return entries[0].Token == JsonTokenType.StartObject
                ? entries
                : throw Broken(setting, (setting == file ? "" : file + ": ") + ConfigurationStrings.Of(shape));
        }
        catch (JsonException error)
        {
            throw Broken(setting, ConfigurationStrings.Of("NotJson", file, error.LineNumber + 1, error.BytePositionInLine + 1));
        }
        catch (InvalidOperationException)
        {
            throw Broken(setting, ConfigurationStrings.Of("HalfCharacter", file));
        }
    }

    private static SettingsLayer WithoutDoubles(SettingsLayer layer, string setting, string file) =>
        layer.Doubles.Count == 0
            ? layer
            : throw new ConfigurationException([
                .. layer.Doubles.Select(name => new ConfigurationProblem(setting, ConfigurationStrings.Of("NameTwice", file, name))),
            ]);

    private static ConfigurationException Broken(string setting, string problem) => new([new ConfigurationProblem(setting, problem)]);
}
