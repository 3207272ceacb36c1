using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Cli;

/// <summary>The options of every command.</summary>
internal sealed class SharedOptions
{
    /// <summary>One JSON object instead of text.</summary>
    public Option<bool> Json { get; } =
        new("--json") { Description = "Print exactly one JSON object on standard output.", Recursive = true };

    /// <summary>Single settings.</summary>
    public Option<string[]> Set { get; } =
        new("--set")
        {
            Description = "Set a setting for this command; wins over files and environment. May be repeated.",
            HelpName = "NAME=VALUE",
            Recursive = true,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    /// <summary>How much is logged.</summary>
    public Option<LogLevel> Log { get; } =
        new("--log")
        {
            Description = "Log to standard error from this level on: debug, information, warning (default), error or none.",
            HelpName = "LEVEL",
            Recursive = true,
            CustomParser = ParseLevel,
            DefaultValueFactory = _ => LogLevel.Warning,
        };

    public SharedOptions()
    {
        Set.Validators.Add(result =>
        {
            // The value may be a secret: it is not repeated.
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError("--set: expected NAME=VALUE");
            }
        });
    }

    public void AddTo(Command root)
    {
        root.Add(Json);
        root.Add(Set);
        root.Add(Log);
    }

    private static LogLevel ParseLevel(ArgumentResult result)
    {
        if (
            result.Tokens.Count == 1
            && result.Tokens[0].Value.All(char.IsAsciiLetter)
            && Enum.TryParse<LogLevel>(result.Tokens[0].Value, ignoreCase: true, out var level)
        )
        {
            return level;
        }

        result.AddError("--log: expected debug, information, warning, error or none");
        return LogLevel.Warning;
    }
}
