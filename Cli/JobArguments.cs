using System.CommandLine;
using System.CommandLine.Parsing;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli;

/// <summary>The words by which jobs and their records are named.</summary>
internal static class JobArguments
{
    /// <summary><c>contacts|deals|all</c>.</summary>
    public static Argument<SyncJob[]> Jobs() => Create("contacts|deals|all", new Dictionary<string, SyncJob[]>
    {
        ["contacts"] = [SyncJob.Contacts],
        ["deals"] = [SyncJob.Deals],
        ["all"] = [SyncJob.Contacts, SyncJob.Deals],
    });

    /// <summary><c>contacts|deals</c>.</summary>
    public static Argument<SyncJob> Job() => Create("contacts|deals", new Dictionary<string, SyncJob> { ["contacts"] = SyncJob.Contacts, ["deals"] = SyncJob.Deals });

    /// <summary><c>contact|deal</c>: the job that carries such records.</summary>
    public static Argument<SyncJob> Record() => Create("contact|deal", new Dictionary<string, SyncJob> { ["contact"] = SyncJob.Contacts, ["deal"] = SyncJob.Deals });

    /// <summary>Whether the text is a record's ID: a positive whole number.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit) && text.Any(digit => digit != '0');

    private static Argument<T> Create<T>(string words, Dictionary<string, T> values) => new(words)
    {
        CustomParser = result => Parse(result, values),
        Arity = ArgumentArity.ExactlyOne,
    };

    private static T? Parse<T>(ArgumentResult result, Dictionary<string, T> values)
    {
        if (result.Tokens.Count == 1 && values.TryGetValue(result.Tokens[0].Value, out var value))
        {
            return value;
        }

        result.AddError($"expected {string.Join(", ", values.Keys)}, not '{result.Tokens[0].Value}'");
        return default;
    }
}
