using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>Shows every log line, in its final form, to whoever inspects it.</summary>
internal sealed class LogWatch(Action<string> inspect) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => inspect($"{formatter(state, exception)} {exception}");

    public void Dispose() { }
}
