using System.CommandLine;
using System.CommandLine.Parsing;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli;

/// <summary>The words by which jobs and their records are named.</summary>
internal static class JobArguments
{
    /// <summary><c>contacts|deals|all</c>.</summary>
    public static Argument<SyncJob[]> Jobs() =>
        Create(
            "contacts|deals|all",
            new Dictionary<string, SyncJob[]>
            {
                ["contacts"] = [SyncJob.Contacts],
                ["deals"] = [SyncJob.Deals],
                ["all"] = [SyncJob.Contacts, SyncJob.Deals],
            }
        );

    /// <summary><c>contacts|deals</c>.</summary>
    public static Argument<SyncJob> Job() =>
        Create("contacts|deals", new Dictionary<string, SyncJob> { ["contacts"] = SyncJob.Contacts, ["deals"] = SyncJob.Deals });

    /// <summary><c>contact|deal</c>: the job that carries such records.</summary>
    public static Argument<SyncJob> Record() =>
        Create("contact|deal", new Dictionary<string, SyncJob> { ["contact"] = SyncJob.Contacts, ["deal"] = SyncJob.Deals });

    /// <summary>The same, or none.</summary>
    public static Argument<SyncJob?> OptionalRecord()
    {
        var argument = Create(
            "contact|deal",
            new Dictionary<string, SyncJob?> { ["contact"] = SyncJob.Contacts, ["deal"] = SyncJob.Deals }
        );
        argument.Arity = ArgumentArity.ZeroOrOne;
        return argument;
    }

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

    private static Argument<T> Create<T>(string words, Dictionary<string, T> values) =>
        new(words) { CustomParser = result => Parse(result, values), Arity = ArgumentArity.ExactlyOne };

    private static T? Parse<T>(ArgumentResult result, Dictionary<string, T> values)
    {
        if (result.Tokens.Count == 0)
        {
            return default; // where none is needed
        }

        if (values.TryGetValue(result.Tokens[0].Value, out var value))
        {
            return value;
        }

        result.AddError(CliStrings.Of("WordExpected", string.Join(", ", values.Keys), result.Tokens[0].Value));
        return default;
    }
}
