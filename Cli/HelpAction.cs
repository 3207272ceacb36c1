using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using B24Otmechalka.Cli.Output;

namespace B24Otmechalka.Cli;

/// <summary>
/// The help of a command, in the language of the output and within eighty columns. The library's own is half translated and one line wide.
/// </summary>
internal sealed class HelpAction(CliContext context) : SynchronousCommandLineAction
{
    private const string Gap = "  ";

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var isRoot = parseResult.CommandResult.Parent is null;
        Paragraph(command.Description ?? "");
        Title("HelpUsage");
        Paragraph($"{context.CalledAs} {Synopsis(command, isRoot)}", Gap);
        if (isRoot)
        {
            Title("HelpCommands");
            Rows(command.Subcommands.Select(one => (one.Name, one.Description)));
        }

        Title("HelpOptions");
        var shared = parseResult.RootCommandResult.Command.Options;
        Rows(
            command
                .Options.Concat(isRoot ? [] : shared.Where(option => option.Recursive))
                .Where(option => option is not HelpOption)
                .Select(Row)
        );
        return ExitCode.Done;
    }

    /// <summary>How the command is written.</summary>
    public static string Synopsis(Command command, bool isRoot)
    {
        var arguments = command.Arguments.Select(argument =>
        {
            var word = argument.Arity.MaximumNumberOfValues > 1 ? $"<{argument.Name}>..." : $"<{argument.Name}>";
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{word}]" : word;
        });
        string[] words = isRoot ? [CliStrings.Of("HelpCommandWord")] : [command.Name, .. arguments];
        return string.Join(' ', [.. words, CliStrings.Of("HelpOptionsWord")]);
    }

    private static (string Name, string? Description) Row(Option option) =>
        option is VersionOption
            ? (option.Name, CliStrings.Of("HelpVersion"))
            : (option.HelpName is { Length: > 0 } value ? $"{option.Name} <{value}>" : option.Name, option.Description);

    private void Title(string key)
    {
        context.Output.WriteLine();
        context.Output.WriteLine(CliStrings.Of(key));
    }

    private void Rows(IEnumerable<(string Name, string? Description)> rows)
    {
        var shown = rows.ToList();
        var width = shown.Max(row => row.Name.Length);
        foreach (var (name, description) in shown)
        {
            Paragraph(description ?? "", Gap + name.PadRight(width) + Gap);
        }
    }

    private void Paragraph(string text, string lead = "")
    {
        foreach (var (i, line) in LineWrap.Lines(text, LineWrap.Columns - lead.Length).Index())
        {
            context.Output.WriteLine((i == 0 ? lead : new string(' ', lead.Length)) + line);
        }
    }
}
