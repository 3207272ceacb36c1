using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Functions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions;

public sealed class StartLogTests
{
    [Fact]
    public void Tell_OddSettings_AreLoggedOnceEachByName()
    {
        var recorder = new Recorder();

        StartLog.Tell(
            recorder,
            [new SettingWarning("Bitrix24__Url", "unknown setting, not used"), new SettingWarning("MAPPING_JSON", "not used")]
        );

        Assert.Equal(
            ["Warning Setting Bitrix24__Url: unknown setting, not used", "Warning Setting MAPPING_JSON: not used"],
            recorder.Entries
        );
    }

    private sealed class Recorder : ILogger
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Entries.Add($"{logLevel} {formatter(state, exception)}");
    }
}
