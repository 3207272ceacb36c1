using System.CommandLine;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Cli.Setup;

/// <summary>
/// <c>setup</c>: leads from an empty folder to the first pupil, step by step. What is answered is stored at once, so it can be
/// interrupted anywhere and taken up again; what is set already is not asked for and not changed.
/// </summary>
internal sealed class SetupCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var yes = new Option<bool>("--yes") { Description = SetupStrings.Of("YesOption") };
        var create = new Option<bool>("--create-status-fields") { Description = SetupStrings.Of("CreateOption") };
        var again = new Option<bool>("--again") { Description = SetupStrings.Of("AgainOption") };
        var command = new Command("setup", SetupStrings.Of("Command")) { yes, create, again };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () =>
                        new SetupCommand(session).RunAsync(
                            new Dialogue(session, parsed.GetValue(yes) || session.IsJson),
                            parsed.GetValue(create),
                            parsed.GetValue(again),
                            cancellationToken
                        ),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(Dialogue dialogue, bool creates, bool again, CancellationToken cancellationToken)
    {
        var answers = new Answers(session, again);
        if (answers.Foreign is { } other)
        {
            throw new CommandException(ExitCode.Configuration, SetupStrings.Of("MappingElsewhere", other));
        }

        answers.StoreOptions();
        dialogue.Say(SetupStrings.Of("Intro", session.Context.WorkingDirectory));
        var code = await new SystemSteps(session, dialogue, answers).RunAsync(creates, cancellationToken);
        var missing = answers.Examine().Problems;
        if (code == ExitCode.Done && missing.Count == 0)
        {
            code = await new LastSteps(session, dialogue, answers).RunAsync(cancellationToken);
        }

        if (session.IsJson)
        {
            session.Print(
                new JsonObject
                {
                    ["written"] = new JsonArray([.. answers.Written.Select(name => JsonValue.Create(name))]),
                    ["missing"] = new JsonArray([.. missing.Select(problem => JsonValue.Create(problem.Setting))]),
                }
            );
        }

        return End(dialogue, missing, code);
    }

    private static int End(Dialogue dialogue, IReadOnlyList<Core.Sync.ConfigurationProblem> missing, int code)
    {
        if (missing.Count > 0)
        {
            dialogue.Title(SetupStrings.Of("MissingTitle", missing.Count));
            foreach (var problem in missing)
            {
                dialogue.Say($"  {problem}");
            }
        }

        if (code != ExitCode.Done || missing.Count > 0)
        {
            dialogue.Say(SetupStrings.Of("Resume"));
            return code == ExitCode.Done ? ExitCode.Configuration : code;
        }

        return code;
    }
}
