using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli;

/// <summary>The operator's command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command to its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var shared = new SharedOptions();
        var root = new RootCommand("Carries contacts and won deals from Bitrix24 to otmechalka.com, and tells what happens to them.");
        shared.AddTo(root);
        root.Add(SyncCommand.Create(shared, surroundings));

        // No response files: an argument that begins with @ is an argument.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(root, parsed, args, shared, surroundings);
        }

        var configuration = new InvocationConfiguration
        {
            Output = surroundings.Output,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // signals are the caller's
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static int Refuse(RootCommand root, ParseResult parsed, IReadOnlyList<string> args, SharedOptions shared, Surroundings surroundings)
    {
        var failure = new Failure(
            ExitCode.Configuration,
            [.. parsed.Errors.Select(error => error.Message).Distinct().Select(message => new ConfigurationProblem("command line", message))],
            null);
        foreach (var problem in failure.Problems)
        {
            surroundings.Error.WriteLine(problem.Problem);
        }

        surroundings.Error.WriteLine();
        root.Parse([.. PathOf(parsed.CommandResult), "--help"]).Invoke(new InvocationConfiguration { Output = surroundings.Error, Error = surroundings.Error });
        if (args.Contains(shared.Json.Name))
        {
            var json = parsed.CommandResult.Command.Name == SyncCommand.Name ? SyncJson.Of([]) : [];
            failure.AddTo(json);
            new Session(parsed, shared, surroundings).Print(json);
        }

        return failure.Code;
    }

    private static IEnumerable<string> PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. PathOf(parent), result.Command.Name] : [];
}
