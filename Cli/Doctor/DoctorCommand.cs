using System.CommandLine;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Doctor;

/// <summary>
/// <c>doctor [--create-status-fields]</c>: whether everything is right before the first run, and what to do about what is not.
/// </summary>
internal sealed class DoctorCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var create = new Option<bool>("--create-status-fields") { Description = DoctorStrings.Of("CreateOption") };
        var command = new Command("doctor", DoctorStrings.Of("Command")) { create };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () => new DoctorCommand(session).RunAsync(parsed.GetValue(create), cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(bool createsStatusFields, CancellationToken cancellationToken)
    {
        var text = session.IsJson ? null : new DoctorText(session.Screen);
        var (settings, checks) = ReadSettings();
        checks.ForEach(check => text?.Report(check));
        var report = new DoctorReport(checks, []);
        if (settings is not null)
        {
            await using var services = session.Build(settings);
            var found = await services
                .GetRequiredService<Core.Operations.Doctor>()
                .ExamineAsync(createsStatusFields, text, cancellationToken);
            report = found with { Checks = [.. checks, .. found.Checks] };
        }

        text?.End(report);
        if (session.IsJson)
        {
            session.Print(DoctorJson.Of(report));
        }

        return CodeOf(report);
    }

    private (Settings? Settings, List<Check> Checks) ReadSettings()
    {
        var area = DoctorStrings.Of("AreaSettings");
        var examined = session.ExamineSettings();
        List<Check> checks = examined.Settings is null
            ?
            [
                .. examined.Problems.Select(problem => new Check(
                    area,
                    problem.Setting,
                    CheckResult.Failure,
                    problem.Problem,
                    DoctorStrings.Of("SetAdvice")
                )),
            ]
            : [new Check(area, DoctorStrings.Of("SettingsAndMapping"), CheckResult.Ok, DoctorStrings.Of("Complete"))];
        checks.AddRange(
            examined.Warnings.Select(warning => new Check(
                area,
                warning.Setting,
                CheckResult.Warning,
                warning.Problem,
                DoctorStrings.Of("NameAdvice")
            ))
        );
        return (examined.Settings, checks);
    }

    private static int CodeOf(DoctorReport report)
    {
        var failures = report.Checks.Where(check => check.Result == CheckResult.Failure).ToList();
        return failures.Count == 0 ? ExitCode.Done
            : failures.Exists(check => check.IsUnreachable) ? ExitCode.Unavailable
            : ExitCode.Configuration;
    }
}
