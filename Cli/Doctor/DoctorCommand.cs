using System.CommandLine;
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
        var examined = session.ExamineSettings();
        var checks = SettingChecks.Of(examined, session.Context).ToList();
        checks.ForEach(check => text?.Report(check));
        var report = new DoctorReport(checks, []);
        if (examined.Known is { } settings)
        {
            await using var services = session.Build(settings);
            var found = await services
                .GetRequiredService<Core.Operations.Doctor>()
                .ExamineAsync(SettingChecks.KnownSystems(examined), createsStatusFields, text, cancellationToken);
            report = found with { Checks = [.. checks, .. found.Checks] };
        }

        text?.End(report);
        if (session.IsJson)
        {
            session.Print(DoctorJson.Of(report));
        }

        return CodeOf(report);
    }

    private static int CodeOf(DoctorReport report)
    {
        var failures = report.Checks.Where(check => check.Result == CheckResult.Failure).ToList();
        return failures.Count == 0 ? ExitCode.Done
            : failures.Exists(check => check.IsUnreachable) ? ExitCode.Unavailable
            : ExitCode.Configuration;
    }
}
