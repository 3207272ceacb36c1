using System.Net;
using System.Net.Sockets;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>As much of a vault, of the resource manager and of both CRMs as the hook needs, on loopback.</summary>
internal sealed class FakeAzure : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly List<string> requests = [];
    private int refusals;

    /// <param name="refusals">How many requests are answered with 403 first, as before a new role is known.</param>
    public FakeAzure(int refusals = 0)
    {
        this.refusals = refusals;
        Address = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The secrets by name.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>What the portal says of the webhook with the token <c>token</c>.</summary>
    public string Scopes { get; init; } = """{"result":["crm","user_brief"]}""";

    /// <summary>The only key that otmechalka takes.</summary>
    public string Key { get; init; } = "secret-key";

    /// <summary>Method, path and authorization of each request.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var (status, answer) = Answer(context.Request, await reader.ReadToEndAsync());
            context.Response.StatusCode = status;
            await using (var writer = new StreamWriter(context.Response.OutputStream))
            {
                await writer.WriteAsync(answer);
            }
        }
    }

    private (int Status, string Answer) Answer(HttpListenerRequest request, string body)
    {
        var path = request.Url!.AbsolutePath;
        lock (requests)
        {
            requests.Add($"{request.HttpMethod} {path} {request.Headers["Authorization"]}");
        }

        if (path.StartsWith("/rest/", StringComparison.Ordinal))
        {
            return path == "/rest/1/token/scope.json"
                ? (200, Scopes)
                : (401, """{"error":"INVALID_CREDENTIALS","error_description":"no"}""");
        }

        if (path == "/api/clients/0/")
        {
            return request.Headers["Authorization"] == $"Token {Key}" ? (404, "") : (401, "");
        }

        if (refusals-- > 0)
        {
            return (403, "{}");
        }

        var name = path.Split('/').ElementAtOrDefault(2) ?? "";
        switch (request.HttpMethod)
        {
            case "PUT":
                Secrets[name] = System.Text.Json.Nodes.JsonNode.Parse(body)!["value"]!.GetValue<string>();
                return (200, "{}");
            case "GET":
                return Secrets.ContainsKey(name) ? (200, """{"value":[{"id":"1"}]}""") : (404, "{}");
            default:
                return (200, "");
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
