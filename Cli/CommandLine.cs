using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using B24Otmechalka.Cli.Conformance;
using B24Otmechalka.Cli.Doctor;
using B24Otmechalka.Cli.Ledger;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Cli.Reconcile;
using B24Otmechalka.Cli.Status;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Cli.Why;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli;

/// <summary>The operator's command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command to its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliContext context, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = Language.Of(args, context); // of this call only: it flows with it
        try
        {
            return await InvokeAsync(args, context, cancellationToken);
        }
        catch (Exception error)
        {
            var failure = Failure.Of(error, cancellationToken); // the commands have told their own
            failure.WriteTo(context.Error);
            return failure.Code;
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> args, CliContext context, CancellationToken cancellationToken)
    {
        var shared = new SharedOptions();
        var root = new RootCommand(CliStrings.Of("Root"));
        shared.AddTo(root);
        root.Add(SyncCommand.Create(shared, context));
        root.Add(DoctorCommand.Create(shared, context));
        root.Add(PreviewCommand.Create(shared, context));
        root.Add(WhyCommand.Create(shared, context));
        root.Add(StatusCommand.Create(shared, context));
        root.Add(RetryCommand.Create(shared, context));
        root.Add(RewindCommand.Create(shared, context));
        root.Add(ForgetCommand.Create(shared, context));
        root.Add(ReconcileCommand.Create(shared, context));
        root.Add(ConformanceCommand.Create(shared, context));

        // No response files: an argument that begins with @ is an argument.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(root, parsed, args, shared, context);
        }

        var configuration = new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // signals are the caller's
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static int Refuse(RootCommand root, ParseResult parsed, IReadOnlyList<string> args, SharedOptions shared, CliContext context)
    {
        var command = string.Join(' ', PathOf(parsed.CommandResult));
        var problems = parsed.Errors.Select(error => PrintableText.OneLine(error.Message)).Distinct().ToList();
        problems.ForEach(context.Error.WriteLine);
        context.Error.WriteLine(UsageOf(root, command));
        if (args.Contains(shared.Json.Name))
        {
            var json = command == SyncCommand.Name ? SyncJson.Of([]) : [];
            new Failure(
                ExitCode.Configuration,
                [.. problems.Select(problem => new ConfigurationProblem(CliStrings.Of("CommandLine"), problem))],
                null
            ).AddTo(json);
            new Session(parsed, shared, context).Print(json);
        }

        return ExitCode.Configuration;
    }

    // The whole help where no command was given, its line of usage where a command was used wrongly.
    private static string UsageOf(RootCommand root, string command)
    {
        using var help = new StringWriter();
        root.Parse($"{command} --help").Invoke(new InvocationConfiguration { Output = help, Error = help });
        if (command.Length == 0)
        {
            return help.ToString();
        }

        // By its beginning: the title above it has a language.
        var called = $"{RootCommand.ExecutableName} {command}";
        var usage = help.ToString()
            .Split('\n')
            .Select(line => line.Trim())
            .First(line => line.StartsWith(called, StringComparison.Ordinal));
        return CliStrings.Of("Usage", usage, called);
    }

    private static IEnumerable<string> PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. PathOf(parent), result.Command.Name] : [];
}
