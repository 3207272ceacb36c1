namespace B24Otmechalka.Sandbox.Http;

/// <summary>What goes wrong with one request.</summary>
internal abstract record Fault
{
    /// <summary>No connection at all.</summary>
    public static Fault Refuse { get; } = new Drop(DropKind.Refused);

    /// <summary>The connection breaks before anything was done.</summary>
    public static Fault DropBeforeCommit { get; } = new Drop(DropKind.BeforeCommit);

    /// <summary>Everything is done, but the answer is lost.</summary>
    public static Fault DropAfterCommit { get; } = new Drop(DropKind.AfterCommit);

    /// <summary>Nothing is done and no answer comes until the caller gives up.</summary>
    public static Fault Hang { get; } = new Waiting(Timeout.InfiniteTimeSpan, null);

    /// <summary>Everything is done, and no answer comes until the caller gives up.</summary>
    public static Fault HangAfterCommit { get; } = new HangingAnswer();

    /// <summary>A front end's page in HTML.</summary>
    public static Fault BadGateway { get; } = new Answering(SandboxResponse.Html(502, "Bad Gateway"));

    /// <summary>The request waits first and then goes on, to another fault or to its usual end.</summary>
    public static Fault Delay(TimeSpan delay, Fault? then = null) => new Waiting(delay, then);

    /// <summary>Nothing is done; this is the answer.</summary>
    public static Fault Answer(
        int status,
        string body = "",
        string contentType = "application/json",
        params (string Name, string Value)[] headers
    ) =>
        new Answering(
            new SandboxResponse(status, contentType, body) { Headers = headers.ToDictionary(header => header.Name, header => header.Value) }
        );

    /// <summary>Everything is done, and this is the answer all the same.</summary>
    public static Fault AnswerAfterCommit(int status, string body = "", string contentType = "application/json") =>
        new Answering(new SandboxResponse(status, contentType, body)) { IsAfterCommit = true };

    internal enum DropKind
    {
        Refused,
        BeforeCommit,
        AfterCommit,
    }

    internal sealed record Drop(DropKind Kind) : Fault;

    internal sealed record Waiting(TimeSpan For, Fault? Then) : Fault;

    internal sealed record HangingAnswer : Fault;

    internal sealed record Answering(SandboxResponse Response) : Fault
    {
        public bool IsAfterCommit { get; init; }
    }
}

/// <summary>A fault broke the connection. Each front shows it in its own way; nothing else may catch it.</summary>
internal sealed class BrokenConnectionException(bool refused) : Exception(refused ? "Connection refused." : "Connection closed.")
{
    /// <summary>There was no connection at all, as opposed to one that broke off.</summary>
    public bool Refused { get; } = refused;
}
