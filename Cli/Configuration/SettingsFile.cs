using System.Text.Json;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Cli.Configuration;

/// <summary>Reads the two JSON files; what is wrong with one is told by file and line, never by its contents.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The <c>Values</c> of <c>local.settings.json</c>, as the Functions tools read them.</summary>
    /// <exception cref="ConfigurationException">The file is broken.</exception>
    public static IReadOnlyDictionary<string, string?> ReadLocalSettings(string path)
    {
        using var document = Parse(path, Path.GetFileName(path));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Broken(path, "expected a JSON object with an object Values");
        }

        if (document.RootElement.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
        {
            throw Broken(path, "the file is encrypted: run func settings decrypt");
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!document.RootElement.TryGetProperty("Values", out var members))
        {
            return values;
        }

        if (members.ValueKind != JsonValueKind.Object)
        {
            throw Broken(path, "Values: expected an object of names and texts");
        }

        foreach (var member in members.EnumerateObject())
        {
            values[SettingsReading.Path(member.Name)] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString(),
                JsonValueKind.Object or JsonValueKind.Array => throw Broken(path, $"{member.Name}: expected a text"),
                JsonValueKind.Null => null,
                _ => member.Value.GetRawText(),
            };
        }

        return values;
    }

    /// <summary>A mapping file, by configuration path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The name a problem is told by.</param>
    /// <exception cref="ConfigurationException">The file is missing or broken.</exception>
    public static IReadOnlyDictionary<string, string?> ReadMapping(string path, string setting)
    {
        using var document = Parse(path, setting);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new ConfigurationException([new ConfigurationProblem(setting, $"{Path.GetFileName(path)}: expected a JSON object with an object Mapping")]);
        }

        try
        {
            using var stream = File.OpenRead(path);
            return new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable()
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        }
        catch (FormatException)
        {
            throw new ConfigurationException([new ConfigurationProblem(setting, $"{Path.GetFileName(path)}: a name stands in it twice")]);
        }
    }

    private static JsonDocument Parse(string path, string setting)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
        }
        catch (JsonException error)
        {
            throw new ConfigurationException([new ConfigurationProblem(
                setting,
                $"{Path.GetFileName(path)} is not valid JSON: line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}")]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var why = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the file cannot be read";
            throw new ConfigurationException([new ConfigurationProblem(setting, $"{why}: {path}")]);
        }
    }

    private static ConfigurationException Broken(string path, string problem) =>
        new([new ConfigurationProblem(Path.GetFileName(path), problem)]);
}
