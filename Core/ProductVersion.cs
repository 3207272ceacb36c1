using System.Reflection;

namespace B24Otmechalka.Core;

/// <summary>Which build this is.</summary>
public static class ProductVersion
{
    private const int ShortCommit = 7;

    /// <summary>The version and the commit, as in <c>1.2.3 (abcdef0)</c>; without a repository only the version.</summary>
    public static string Text { get; } =
        Of(typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?");

    /// <summary>The text of an informational version.</summary>
    internal static string Of(string informational) =>
        informational.Split('+', 2) is [var version, { Length: >= ShortCommit } commit]
            ? $"{version} ({commit[..ShortCommit]})"
            : informational;
}
