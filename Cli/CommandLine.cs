using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using B24Otmechalka.Cli.Conformance;
using B24Otmechalka.Cli.Doctor;
using B24Otmechalka.Cli.Ledger;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Cli.Reconcile;
using B24Otmechalka.Cli.Setup;
using B24Otmechalka.Cli.Status;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Cli.Why;
using B24Otmechalka.Core;
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
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(context);
        root.Options.OfType<HelpOption>().Single().Action = new HelpAction(context);
        root.Add(SyncCommand.Create(shared, context));
        root.Add(SetupCommand.Create(shared, context));
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

    private sealed class VersionAction(CliContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            context.Output.WriteLine("b24sync " + ProductVersion.Text);
            return ExitCode.Done;
        }
    }

    private static int Refuse(RootCommand root, ParseResult parsed, IReadOnlyList<string> args, SharedOptions shared, CliContext context)
    {
        var command = string.Join(' ', PathOf(parsed.CommandResult));
        var problems = Suggestions.ProblemsOf(parsed).Select(PrintableText.OneLine).Distinct().ToList();
        problems.ForEach(context.Error.WriteLine);
        context.Error.WriteLine(
            command.Length == 0 && args.Count > 0
                ? CliStrings.Of("HelpHint", context.CalledAs)
                : UsageOf(root, parsed.CommandResult, context)
        );
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

    // The whole help where nothing was given, its line of usage where a command was used wrongly.
    private static string UsageOf(RootCommand root, CommandResult result, CliContext context)
    {
        if (result.Parent is not null)
        {
            return CliStrings.Of("Usage", $"{context.CalledAs} {HelpAction.Synopsis(result.Command, isRoot: false)}");
        }

        using var help = new StringWriter();
        new HelpAction(context with { Output = help }).Invoke(root.Parse([]));
        return help.ToString().TrimEnd();
    }

    private static IEnumerable<string> PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. PathOf(parent), result.Command.Name] : [];
}
