using System.Text.Json.Nodes;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli;

/// <summary>Why a command could not do what it was asked. Safe to show: no secret, no record's contents.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Problems">What is wrong with settings, mapping or command line.</param>
/// <param name="Error">One line on anything else.</param>
internal sealed record Failure(int Code, IReadOnlyList<ConfigurationProblem> Problems, string? Error)
{
    /// <summary>What an exception means. The text of one that nobody expected is not shown: it might hold anything.</summary>
    public static Failure Of(Exception error, CancellationToken cancellationToken) =>
        error switch
        {
            ConfigurationException configuration => new Failure(ExitCode.Configuration, configuration.Problems, null),
            CommandException command => new Failure(command.Code, [], command.Message),
            LeaseLostException => new Failure(ExitCode.Locked, [], CliStrings.Of("LockTaken")),
            JobLockedException locked => new Failure(ExitCode.Locked, [], locked.Message),
            UnavailableException unavailable => new Failure(ExitCode.Of(unavailable), [], Reasons.Of(unavailable)),
            OperationCanceledException when cancellationToken.IsCancellationRequested => new Failure(
                ExitCode.Cancelled,
                [],
                CliStrings.Of("Cancelled")
            ),
            _ => new Failure(ExitCode.Unexpected, [], CliStrings.Of("Unexpected", $"{error.GetType().FullName}{Place(error)}")),
        };

    /// <summary>All of them as one; <see langword="null"/> when there is none.</summary>
    public static Failure? Merge(IReadOnlyList<Failure> failures) =>
        failures.Count == 0
            ? null
            : new Failure(
                failures.Max(failure => failure.Code),
                [.. failures.SelectMany(failure => failure.Problems).Distinct()],
                failures.Select(failure => failure.Error).FirstOrDefault(error => error is not null)
            );

    /// <summary>One line for each problem.</summary>
    public void WriteTo(TextWriter error)
    {
        foreach (var problem in Problems)
        {
            error.WriteLine(PrintableText.OneLine(problem.ToString()));
        }

        if (Error is not null)
        {
            error.WriteLine(PrintableText.OneLine(Error));
        }
    }

    /// <summary>Adds <c>problems</c> or <c>error</c> to what <c>--json</c> prints.</summary>
    public void AddTo(JsonObject json)
    {
        if (Problems.Count > 0)
        {
            json["problems"] = new JsonArray([
                .. Problems.Select(problem => new JsonObject { ["setting"] = problem.Setting, ["problem"] = problem.Problem }),
            ]);
        }

        if (Error is not null)
        {
            json["error"] = Error;
        }
    }

    private static string Place(Exception error) =>
        error
            .StackTrace?.Split('\n')
            .Select(line => line.Trim().Split(" in ")[0])
            .FirstOrDefault(line => line.Contains(nameof(B24Otmechalka), StringComparison.Ordinal))
            is { } line
            ? " " + line
            : "";
}
