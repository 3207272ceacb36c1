namespace B24Otmechalka.Sandbox.Http;

/// <summary>A request as an emulated CRM sees it, whatever carried it.</summary>
/// <param name="Method">The verb, in upper case.</param>
/// <param name="Path">As sent, still encoded.</param>
/// <param name="Query">As sent, without the question mark.</param>
/// <param name="Headers">By name, without regard to case.</param>
internal sealed record SandboxRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    bool IsHttps = false
)
{
    /// <summary>
    /// What is asked for: the method of Bitrix24 (<c>crm.contact.list</c>, <c>batch</c>), or verb and thing of otmechalka
    /// (<c>GET client</c>, <c>POST clients</c>).
    /// </summary>
    public string Operation { get; init; } = "";

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>One command that a request made a CRM carry out, or try to.</summary>
internal sealed record SandboxCommand(string Name, string? Id)
{
    public override string ToString() => Id is null ? Name : $"{Name} {Id}";
}

/// <summary>An answer, with what it cost: the commands behind it and the server's emulated time.</summary>
internal sealed record SandboxResponse(int Status, string ContentType, string Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<SandboxCommand> Commands { get; init; } = [];

    public TimeSpan ServerTime { get; init; }

    public static SandboxResponse Json(int status, string body) => new(status, "application/json; charset=utf-8", body);

    /// <summary>What an overloaded front end answers instead of JSON (docs/bitrix24.md, section 2).</summary>
    public static SandboxResponse Html(int status, string title) =>
        new(
            status,
            "text/html",
            $"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n"
                + $"<center><h1>{status} {title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        );
}
