using B24Otmechalka.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Functions;

/// <summary>What the app says once at its start. It knows nothing of the worker, so tests compile it too.</summary>
public static partial class StartLog
{
    /// <summary>Tells what is odd about the settings, by their names and never by a value.</summary>
    public static void Tell(ILogger logger, IReadOnlyList<SettingWarning> warnings)
    {
        foreach (var warning in warnings)
        {
            LogOddSetting(logger, warning.Setting, warning.Problem);
        }
    }

    [LoggerMessage(EventId = 4, EventName = "SettingOdd", Level = LogLevel.Warning, Message = "Setting {Setting}: {Problem}")]
    private static partial void LogOddSetting(ILogger logger, string setting, string problem);
}
