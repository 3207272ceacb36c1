using System.Globalization;
using System.Runtime.InteropServices;

namespace B24Otmechalka.Cli;

/// <summary>
/// The language of what people read: that of <c>--lang</c>, of the variables of gettext where one is set, or of Windows' user interface;
/// English unless it is Russian.
/// What programs read (<c>--json</c>) is the same in both, so it has the neutral one.
/// </summary>
internal static class Language
{
    /// <summary>The option that names it.</summary>
    public const string Option = "--lang";

    private const string Json = "--json";
    private const string Russian = "ru";

    /// <summary>The first of these that is set decides, on Windows too.</summary>
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The language of one call, known before its arguments are parsed: what is wrong with them is told in it too.</summary>
    public static CultureInfo Of(IReadOnlyList<string> args, CliContext context) =>
        args.Contains(Json) ? CultureInfo.InvariantCulture : Asked(args) ?? OfSystem(context);

    /// <summary>The language with this name; <see langword="null"/> when it is none of ours.</summary>
    public static CultureInfo? Named(string? name) =>
        name?.ToLowerInvariant() switch
        {
            Russian => CultureInfo.GetCultureInfo(Russian),
            "en" => CultureInfo.InvariantCulture,
            _ => null,
        };

    /// <summary>The language of Windows' user interface for this user; <see langword="null"/> on other systems.</summary>
    public static string? OfWindows() =>
        OperatingSystem.IsWindows()
            ? (GetUserDefaultUILanguage() & PrimaryLanguage) == RussianOfWindows
                ? Russian
                : "en"
            : null;

    private const int PrimaryLanguage = 0x3FF;
    private const int RussianOfWindows = 0x19;

    private static CultureInfo? Asked(IReadOnlyList<string> args)
    {
        var place = args.Index().FirstOrDefault(arg => arg.Item == Option || arg.Item.StartsWith(Option + "=", StringComparison.Ordinal));
        return place.Item switch
        {
            null => null,
            Option => Named(args.ElementAtOrDefault(place.Index + 1)),
            var both => Named(both[(Option.Length + 1)..]),
        };
    }

    private static CultureInfo OfSystem(CliContext context)
    {
        var name =
            Variables
                .Select(variable => context.Environment.GetValueOrDefault(variable))
                .FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?? context.SystemLanguage;
        var language = name?.Split('_', '-', '.', '@')[0];
        return Named(language) ?? CultureInfo.InvariantCulture;
    }

    // Without the globalisation data, which no part of the program needs, .NET itself does not know it.
    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern ushort GetUserDefaultUILanguage();
}
