namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>What is not known about otmechalka can be switched; also while it runs.</summary>
internal sealed class OtmechalkaOptions
{
    /// <summary>The header the key travels in (docs/spec.md, section 3).</summary>
    public string AuthHeader { get; set; } = "Authorization";

    /// <summary>What stands before the key; empty: the key alone.</summary>
    public string AuthScheme { get; set; } = "Token";

    public string ApiKey { get; set; } = "sandbox-key";

    /// <summary>What a successful create answers; docs/spec.md, section 4.2 takes 200 and 201.</summary>
    public int CreatedStatus { get; set; } = 200;

    /// <summary>
    /// Whether a second create with the same origin_id is refused. Off by default: it makes a double, so that a test
    /// can see that one was made.
    /// </summary>
    public bool RejectDuplicates { get; set; }

    /// <summary>So many active clients fit (docs/spec.md, section 4.2).</summary>
    public int MaxClients { get; set; } = 5000;

    /// <summary>
    /// Whether members that docs/spec.md, section 4.2 does not name, and <c>null</c>, are refused: a strict check of what is sent.
    /// </summary>
    public bool Strict { get; set; } = true;

    /// <summary>Whether an update that leaves an optional value out keeps the one that is there.</summary>
    public bool UpdateKeepsAbsentValues { get; set; }

    /// <summary>IDs of branch offices with their names; empty: any is taken.</summary>
    public IReadOnlyDictionary<string, string> BranchOffices { get; set; } = new Dictionary<string, string>();

    /// <summary>IDs of courses with their names; empty: any is taken.</summary>
    public IReadOnlyDictionary<string, string> Courses { get; set; } = new Dictionary<string, string>();

    /// <summary>The kinds of ticket it sells, with the group each belongs to; empty: any is taken.</summary>
    public IReadOnlyDictionary<string, string> TicketTypes { get; set; } = new Dictionary<string, string>();

    /// <summary>How long each call takes.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Whether a call really takes its time.</summary>
    public bool WaitForLatency { get; set; }
}
