using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Cli;

/// <summary>The options of every command.</summary>
internal sealed class SharedOptions
{
    /// <summary>One JSON object instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = CliStrings.Of("JsonOption"), Recursive = true };

    /// <summary>Single settings.</summary>
    public Option<string[]> Set { get; } =
        new("--set")
        {
            Description = CliStrings.Of("SetOption"),
            HelpName = CliStrings.Of("SetValue"),
            Recursive = true,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    /// <summary>How much is logged.</summary>
    public Option<LogLevel> Log { get; } =
        new("--log")
        {
            Description = CliStrings.Of("LogOption"),
            HelpName = CliStrings.Of("LogValue"),
            Recursive = true,
            CustomParser = ParseLevel,
            DefaultValueFactory = _ => LogLevel.Warning,
        };

    /// <summary>The language; <see cref="Language"/> has read it already when the command line is parsed.</summary>
    public Option<string?> Lang { get; } =
        new(Language.Option)
        {
            Description = CliStrings.Of("LangOption"),
            HelpName = "ru|en",
            Recursive = true,
        };

    public SharedOptions()
    {
        Set.Validators.Add(result =>
        {
            // The value may be a secret: it is not repeated.
            if (result.Tokens.Any(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError(CliStrings.Of("SetExpected"));
            }
        });
        Lang.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => Language.Named(token.Value) is null))
            {
                result.AddError(CliStrings.Of("LangExpected"));
            }
        });
    }

    public void AddTo(Command root)
    {
        root.Add(Json);
        root.Add(Set);
        root.Add(Log);
        root.Add(Lang);
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

        result.AddError(CliStrings.Of("LogExpected"));
        return LogLevel.Warning;
    }
}
