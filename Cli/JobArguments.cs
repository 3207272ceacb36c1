using System.CommandLine;
using System.CommandLine.Parsing;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli;

/// <summary>The words by which jobs and their records are named.</summary>
internal static class JobArguments
{
    private static readonly SyncJob[] All = [SyncJob.Contacts, SyncJob.Deals];

    /// <summary><c>contacts|deals|all</c>.</summary>
    public static Argument<SyncJob[]?> Jobs() =>
        Create(
            "contacts|deals|all",
            word =>
                word == "all" ? All
                : One(word) is { } job ? [job]
                : null
        );

    /// <summary><c>contacts|deals</c>.</summary>
    public static Argument<SyncJob?> Job() => Create("contacts|deals", One);

    /// <summary><c>contact|deal</c>: the job that carries such records.</summary>
    public static Argument<SyncJob?> Record() => Create("contact|deal", One);

    /// <summary>The same, or none.</summary>
    public static Argument<SyncJob?> OptionalRecord()
    {
        var argument = Create("contact|deal", One);
        argument.Arity = ArgumentArity.ZeroOrOne;
        return argument;
    }

    /// <summary>The job that a word names, in the singular or the plural; <see langword="null"/> for none.</summary>
    public static SyncJob? One(string word) =>
        word switch
        {
            "contact" or "contacts" => SyncJob.Contacts,
            "deal" or "deals" => SyncJob.Deals,
            _ => null,
        };

    /// <summary>A record's ID.</summary>
    public static Argument<string> Id() =>
        new("ID") { CustomParser = result => ParseIds(result)[0], Description = CliStrings.Of("IdArgument") };

    /// <summary>Records' IDs.</summary>
    public static Argument<string[]> Ids() =>
        new("ID")
        {
            CustomParser = ParseIds,
            Arity = ArgumentArity.ZeroOrMore,
            Description = CliStrings.Of("IdsArgument"),
        };

    /// <summary>What one record of the job is called on the command line.</summary>
    public static string Word(SyncJob job) => job == SyncJob.Contacts ? "contact" : "deal";

    private static string[] ParseIds(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => !IsId(token.Value)))
        {
            result.AddError(CliStrings.Of("IdExpected", token.Value));
        }

        return [.. result.Tokens.Select(token => token.Value.TrimStart('0'))];
    }

    private static bool IsId(string text) => text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit) && text.Any(digit => digit != '0');

    private static Argument<T?> Create<T>(string words, Func<string, T?> read) =>
        new(words) { CustomParser = result => Parse(result, words, read), Arity = ArgumentArity.ExactlyOne };

    private static T? Parse<T>(ArgumentResult result, string words, Func<string, T?> read)
    {
        if (result.Tokens.Count == 0)
        {
            return default; // where none is needed
        }

        var value = read(result.Tokens[0].Value);
        if (value is null)
        {
            result.AddError(CliStrings.Of("WordExpected", words.Replace("|", ", ", StringComparison.Ordinal), result.Tokens[0].Value));
        }

        return value;
    }
}
