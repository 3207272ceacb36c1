using B24Otmechalka.Core.Characters;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Cli;

/// <summary>Logs to standard error, one line a message; an exception by its type and place, never by its text.</summary>
internal sealed class ErrorLogger(TextWriter error, Func<DateTimeOffset> now) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
        // The writer is not ours.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var text = LogText.Of(eventId, state) ?? formatter(state, exception);
        error.WriteLine(FormattableString.Invariant($"{now():HH:mm:ss} {Word(logLevel)}: {PrintableText.OneLine(text)}"));
        if (exception is not null)
        {
            error.WriteLine($"{exception.GetType()}\n{exception.StackTrace}");
        }
    }

    private static string Word(LogLevel level) =>
        CliStrings.Of(
            level switch
            {
                LogLevel.Information => "LevelInformation",
                LogLevel.Warning => "LevelWarning",
                LogLevel.Error or LogLevel.Critical => "LevelError",
                _ => "LevelDebug",
            }
        );
}
