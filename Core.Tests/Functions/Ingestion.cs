using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Tests.Functions;

/// <summary>As much of Application Insights' ingestion as the exporter needs, on loopback. Any other path answers 200, too.</summary>
internal sealed class Ingestion : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly List<JsonNode> records = [];

    public Ingestion()
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public string ConnectionString => $"InstrumentationKey={Guid.Empty};IngestionEndpoint={Address}";

    /// <summary>The data of all records of a type, for example <c>MessageData</c>.</summary>
    public IReadOnlyList<JsonNode> DataOf(string type)
    {
        lock (records)
        {
            return
            [
                .. records
                    .Where(record => record["data"]!["baseType"]!.GetValue<string>() == type)
                    .Select(record => record["data"]!["baseData"]!),
            ];
        }
    }

    /// <summary>How many bytes each record of a type takes on the wire, before it is compressed: what is billed.</summary>
    public IReadOnlyList<int> SizesOf(string type)
    {
        lock (records)
        {
            return
            [
                .. records
                    .Where(record => record["data"]!["baseType"]!.GetValue<string>() == type)
                    .Select(record => System.Text.Encoding.UTF8.GetByteCount(record.ToJsonString())),
            ];
        }
    }

    /// <summary>Everything that was taken, as text.</summary>
    public override string ToString()
    {
        lock (records)
        {
            return string.Join('\n', records.Select(record => record.ToJsonString()));
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

            if (context.Request.Url!.AbsolutePath.EndsWith("/track", StringComparison.Ordinal))
            {
                await TakeAsync(context.Request);
                await using var writer = new StreamWriter(context.Response.OutputStream);
                await writer.WriteAsync("""{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""");
            }

            context.Response.Close();
        }
    }

    private async Task TakeAsync(HttpListenerRequest request)
    {
        var isZipped = request.Headers["Content-Encoding"] == "gzip";
        await using var body = isZipped ? new GZipStream(request.InputStream, CompressionMode.Decompress) : request.InputStream;
        using var reader = new StreamReader(body);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lock (records)
        {
            records.AddRange(lines.Select(line => JsonNode.Parse(line)!));
        }
    }
}
