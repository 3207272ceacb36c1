using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Doctor;

/// <summary>What the doctor says of the settings themselves: what is missing or wrong, each with what to do about just that one.</summary>
internal static class SettingChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The checks.</summary>
    public static IEnumerable<Check> Of(ExaminedSettings examined, CliContext context)
    {
        var area = DoctorStrings.Of("AreaSettings");
        if (examined.Problems.Count == 0)
        {
            yield return new Check(area, DoctorStrings.Of("SettingsAndMapping"), CheckResult.Ok, DoctorStrings.Of("Complete"));
        }

        foreach (var problem in examined.Problems)
        {
            var advice = SettingAdvice.Of(problem.Setting, examined.Known) ?? DoctorStrings.Of("SetAdvice");
            yield return new Check(area, problem.Setting, CheckResult.Failure, problem.Problem, advice);
        }

        foreach (var warning in examined.Warnings)
        {
            yield return new Check(area, warning.Setting, CheckResult.Warning, warning.Problem, DoctorStrings.Of("NameAdvice"));
        }

        var file = Path.Combine(context.WorkingDirectory, ConfigurationSources.LocalSettings);
        if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0)
        {
            yield return new Check(
                area,
                ConfigurationSources.LocalSettings,
                CheckResult.Warning,
                DoctorStrings.Of("ReadableByOthers"),
                DoctorStrings.Of("ReadableByOthersAdvice", ConfigurationSources.LocalSettings)
            );
        }
    }

    /// <summary>The systems whose settings are right.</summary>
    public static KnownSystems KnownSystems(ExaminedSettings examined) =>
        (examined.IsRight("Bitrix24__WebhookUrl") ? Core.Operations.KnownSystems.Bitrix24 : 0)
        | (examined.IsRight("Otmechalka__BaseUrl") && examined.IsRight("Otmechalka__ApiKey") ? Core.Operations.KnownSystems.Otmechalka : 0)
        | (examined.IsRight(SettingsReader.StorageSetting) ? Core.Operations.KnownSystems.Storage : 0);
}
