using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>A client («посетитель») that otmechalka holds. <paramref name="Json"/> is what was sent for it.</summary>
internal sealed record SandboxClient(long Id, string OriginId, string Json, IReadOnlyList<string> Groups)
{
    /// <summary>How often it was changed since it was created.</summary>
    public int Updates { get; init; }

    public JsonObject Body => JsonNode.Parse(Json)!.AsObject();

    /// <summary>One member as text; lists as JSON; absent is <see langword="null"/>.</summary>
    public string? this[string member] => Body[member]?.ToString();
}

/// <summary>A ticket («абонемент») that otmechalka holds.</summary>
internal sealed record SandboxTicket(long Id, string OriginId, string ClientOriginId, string Json, IReadOnlyList<string> Groups)
{
    public JsonObject Body => JsonNode.Parse(Json)!.AsObject();

    public string? this[string member] => Body[member]?.ToString();
}
