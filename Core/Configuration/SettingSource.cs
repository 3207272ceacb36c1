using System.Globalization;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>Reads single settings by their names in the environment and collects what is wrong, never a value.</summary>
internal sealed class SettingSource(IConfiguration configuration)
{
    private static readonly TimeZoneInfo Moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");

    private readonly List<ConfigurationProblem> problems = [];

    public IReadOnlyList<ConfigurationProblem> Problems => problems;

    public IConfiguration Configuration => configuration;

    public void Wrong(string name, string problem) => problems.Add(new ConfigurationProblem(name, problem));

    /// <summary>The value as it stands; <see langword="null"/> where there is none.</summary>
    public string? Raw(string name) => configuration[name.Replace("__", ":", StringComparison.Ordinal)];

    /// <summary>The names of the settings one level below, such as the places of a list.</summary>
    public IReadOnlyList<string> Below(string name) =>
        [
            .. configuration
                .GetSection(name.Replace("__", ":", StringComparison.Ordinal))
                .GetChildren()
                .Select(child => $"{name}__{child.Key}"),
        ];

    /// <summary>
    /// The value without blanks, line breaks and byte order marks around it; <see langword="null"/> when nothing is left, or
    /// for a Key Vault reference that was not resolved.
    /// </summary>
    public string? Text(string name)
    {
        var text = VisibleText.Trim(Raw(name));
        if (text?.StartsWith("@Microsoft.KeyVault", StringComparison.OrdinalIgnoreCase) == true)
        {
            if (!problems.Exists(problem => problem.Setting == name))
            {
                Wrong(name, ConfigurationStrings.Of("KeyVaultReference"));
            }

            return null;
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The trimmed value of a required setting.</summary>
    public string? Required(string name)
    {
        var text = Text(name);
        if (text is null && !problems.Exists(problem => problem.Setting == name))
        {
            Wrong(name, ConfigurationStrings.Of("Required"));
        }

        return text;
    }

    /// <summary>
    /// A code, an ID, a key: a text without blanks in it. One that was pasted with a blank or a line break inside would be
    /// another ID, and nothing would say so.
    /// </summary>
    public string? Code(string name, bool isRequired = true) =>
        (isRequired ? Required(name) : Text(name)) is { } text && IsWhole(name, text) ? text : null;

    /// <summary>Whether nothing invisible stands in the value; told when it does.</summary>
    public bool IsWhole(string name, string text)
    {
        if (!VisibleText.IsWithin(text))
        {
            return true;
        }

        Wrong(name, ConfigurationStrings.Of("BlankInside"));
        return false;
    }

    /// <summary>A required address: https, or http to this machine; ends with a slash.</summary>
    public Uri? Address(string name)
    {
        if (Code(name) is not { } text)
        {
            return null;
        }

        if (
            !Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.UserInfo.Length > 0
        )
        {
            Wrong(name, ConfigurationStrings.Of("ExpectedAddress"));
            return null;
        }

        if (address.Scheme == "http" && !address.IsLoopback)
        {
            Wrong(name, ConfigurationStrings.Of("ExpectedHttps"));
            return null;
        }

        return address;
    }

    /// <summary>A timestamp; without a time zone it means Moscow time (docs/spec.md, section 3).</summary>
    public DateTimeOffset? Timestamp(string name, bool isRequired)
    {
        if ((isRequired ? Required(name) : Text(name)) is not { } text)
        {
            return null;
        }

        if (TimestampFormat.TryParse(text, Moscow, out var timestamp))
        {
            return timestamp;
        }

        Wrong(name, ConfigurationStrings.Of("ExpectedTimestamp"));
        return null;
    }

    /// <summary>A time span in a range. What is returned after a problem was noted is not used: then there are no settings.</summary>
    public TimeSpan Duration(string name, TimeSpan fallback, (TimeSpan Least, TimeSpan Most) range)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= range.Least && duration <= range.Most)
        {
            return duration;
        }

        Wrong(name, ConfigurationStrings.Of("ExpectedDuration", range.Least, range.Most, fallback));
        return fallback;
    }

    /// <summary>A number in a range.</summary>
    public double Number(string name, double fallback, (double Least, double Most) range)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= range.Least
            && number <= range.Most
        )
        {
            return number;
        }

        Wrong(name, ConfigurationStrings.Of("ExpectedNumber", range.Least, range.Most));
        return fallback;
    }

    /// <summary>A number without a fraction, in a range.</summary>
    public int WholeNumber(string name, int fallback, (double Least, double Most) range)
    {
        var number = Number(name, fallback, range);
        if (number != Math.Floor(number))
        {
            Wrong(name, ConfigurationStrings.Of("ExpectedWholeNumber", range.Least, range.Most));
        }

        return (int)number;
    }
}
