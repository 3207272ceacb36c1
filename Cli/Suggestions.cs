using System.CommandLine;
using System.CommandLine.Parsing;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Cli;

/// <summary>What is wrong with a command line; a word that nobody knows is told with the nearest that is known.</summary>
internal static class Suggestions
{
    /// <summary>More slips of the finger than these make another word.</summary>
    private const int MostSlips = 2;

    /// <summary>One line for each problem.</summary>
    public static IEnumerable<string> ProblemsOf(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens;
        var known = WordsOf(parsed.CommandResult).ToList();
        // The library tells of the unknown ones itself, and of a missing command where a mistyped one stands.
        var others = parsed.Errors.Where(error =>
            !unknown.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))
            && (unknown.Count == 0 || error.SymbolResult is not CommandResult { Parent: null })
        );
        return [.. unknown.Select(word => Unknown(word, known)), .. others.Select(error => error.Message)];
    }

    private static string Unknown(string word, IReadOnlyList<string> known)
    {
        var nearest = known
            .Select(name => (Name: name, Slips: EditDistance.Between(word.ToLowerInvariant(), name)))
            .Where(one => one.Slips <= Math.Min(MostSlips, one.Name.Length / 3))
            .OrderBy(one => one.Slips)
            .FirstOrDefault()
            .Name;
        return nearest is null ? CliStrings.Of("UnknownWord", word) : CliStrings.Of("UnknownWordNearest", word, nearest);
    }

    private static IEnumerable<string> WordsOf(SymbolResult? result) =>
        result is CommandResult command
            ?
            [
                .. command.Command.Subcommands.Select(one => one.Name),
                .. command.Command.Options.Select(option => option.Name),
                .. command.Parent is CommandResult parent ? parent.Command.Options.Select(option => option.Name) : [],
            ]
            : [];
}
