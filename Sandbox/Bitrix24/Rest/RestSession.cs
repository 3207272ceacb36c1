using System.Globalization;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>What one HTTP request has done so far.</summary>
internal sealed class RestSession(DateTimeOffset started)
{
    private readonly List<SandboxCommand> commands = [];

    public DateTimeOffset Started { get; } = started;

    /// <summary>The server's time spent, by the latency model.</summary>
    public TimeSpan Elapsed { get; private set; }

    public DateTimeOffset Clock => Started + Elapsed;

    public IReadOnlyList<SandboxCommand> Commands => commands;

    public void Began(RestCall call) => commands.Add(new SandboxCommand(call.Method, call.Id?.ToString(CultureInfo.InvariantCulture)));

    public void Spent(TimeSpan duration) => Elapsed += duration;
}
