using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// The table service at the level of HTTP, over a table in memory: what the real SDK sends is carried out and answered as the
/// service does it, unless a test answers instead.
/// </summary>
internal sealed partial class TableService(MemoryTable table) : HttpMessageHandler
{
    private const string Name = "School";

    /// <summary>
    /// Answers in the service's place; <see langword="null"/> lets it answer itself. Is told the number of the call, from 0.
    /// </summary>
    public Func<int, HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = (_, _) => null;

    /// <summary>Replaces the answer to a call that was carried out.</summary>
    public Func<int, HttpRequestMessage, HttpResponseMessage?> Afterwards { get; set; } = (_, _) => null;

    public int Calls { get; private set; }

    /// <summary>The SDK's client; it does not try again, which would take real time.</summary>
    public TableClient Client()
    {
        var options = new TableClientOptions
        {
            Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)),
            Retry = { MaxRetries = 0 },
        };
        return new TableClient(
            "DefaultEndpointsProtocol=http;AccountName=school;AccountKey=AAAA;TableEndpoint=http://table.example/school",
            Name,
            options
        );
    }

    /// <summary>An error as the service tells it.</summary>
    public static HttpResponseMessage Error(int status, string code) => Answer(status, ErrorBody(code));

    /// <summary>The answer to a transaction of which one action failed.</summary>
    public static HttpResponseMessage FailedTransaction(int status, string code) =>
        Multipart([$"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n\r\n{ErrorBody(code)}\r\n"]);

    public static HttpResponseMessage Answer(int status, string body, string type = "application/json")
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        answer.Headers.Date = World.Start;
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Calls++;
        if (Instead(number, request) is { } odd)
        {
            return odd;
        }

        HttpResponseMessage answer;
        try
        {
            answer = await CarryOutAsync(
                request.Method.Method,
                request.RequestUri!.PathAndQuery,
                request.Headers.TryGetValues("If-Match", out var etags) ? etags.Single() : null,
                await BodyOf(request)
            );
        }
        catch (RequestFailedException error)
        {
            answer = request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal)
                ? FailedTransaction(error.Status, error.ErrorCode!)
                : Error(error.Status, error.ErrorCode!);
        }

        return Afterwards(number, request) ?? answer;
    }

    private async Task<HttpResponseMessage> CarryOutAsync(string method, string url, string? etag, string body)
    {
        if (url.Contains("/$batch", StringComparison.Ordinal))
        {
            var answers = (await table.SubmitTransactionAsync(Request().Matches(body).Select(Action))).Value;
            return Multipart(
                answers.Select(answer =>
                    $"HTTP/1.1 204 No Content\r\n{(answer.Headers.ETag is { } one ? $"ETag: {one:H}\r\n" : "")}\r\n\r\n"
                )
            );
        }

        if (url.Contains("/Tables", StringComparison.Ordinal))
        {
            return Answer(204, "");
        }

        var key = Key().Match(HttpUtility.UrlDecode(url));
        switch (method)
        {
            case "GET" when key.Success:
                return Answer(
                    200,
                    Write((await table.GetEntityAsync<TableEntity>(key.Groups[1].Value, key.Groups[2].Value)).Value).ToJsonString()
                );
            case "GET":
                var rows = new JsonArray();
                await foreach (
                    var row in table.QueryAsync<TableEntity>(HttpUtility.ParseQueryString(new Uri("http://x" + url).Query)["$filter"])
                )
                {
                    rows.Add(Write(row));
                }

                var list = Answer(200, new JsonObject { ["value"] = rows }.ToJsonString());
                list.Headers.Date = table.Now;
                return list;
            case "POST":
                return Written(await table.AddEntityAsync(Read(body)));
            default:
                return Written(await table.UpdateEntityAsync(Read(body), new ETag(etag!), TableUpdateMode.Replace));
        }
    }

    private static TableTransactionAction Action(Match request)
    {
        var key = Key().Match(HttpUtility.UrlDecode(request.Groups["url"].Value));
        var etag = IfMatch().Match(request.Groups["headers"].Value) is { Success: true } match
            ? new ETag(match.Groups[1].Value.Trim())
            : default;
        return request.Groups["method"].Value == "DELETE"
            ? new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key.Groups[1].Value, key.Groups[2].Value), etag)
            : new TableTransactionAction(
                etag == default ? TableTransactionActionType.UpsertReplace : TableTransactionActionType.UpdateReplace,
                Read(request.Groups["body"].Value),
                etag
            );
    }

    private static async Task<string> BodyOf(HttpRequestMessage request) =>
        request.Content is null ? "" : await request.Content.ReadAsStringAsync();

    private static HttpResponseMessage Written(Response written)
    {
        var answer = Answer(204, "");
        answer.Headers.ETag = EntityTagHeaderValue.Parse(written.Headers.ETag!.Value.ToString("H"));
        return answer;
    }

    private static HttpResponseMessage Multipart(IEnumerable<string> parts) =>
        Answer(
            202,
            "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
                + string.Concat(
                    parts.Select(part =>
                        "--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n" + part
                    )
                )
                + "--changesetresponse_1--\r\n--batchresponse_1--\r\n",
            "multipart/mixed; boundary=batchresponse_1"
        );

    private static string ErrorBody(string code) =>
        new JsonObject
        {
            ["odata.error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = new JsonObject { ["lang"] = "en-US", ["value"] = "0:Of https://table.example/school." },
            },
        }.ToJsonString();

    private static JsonObject Write(TableEntity row)
    {
        var json = new JsonObject
        {
            ["odata.etag"] = row.ETag.ToString("H"),
            ["PartitionKey"] = row.PartitionKey,
            ["RowKey"] = row.RowKey,
        };
        json["Timestamp"] = row.Timestamp!.Value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        foreach (var (name, value) in row.Where(pair => !json.ContainsKey(pair.Key)))
        {
            (json[name], var type) = value switch
            {
                long number => ((JsonNode?)number.ToString(CultureInfo.InvariantCulture), "Edm.Int64"),
                byte[] bytes => (Convert.ToBase64String(bytes), "Edm.Binary"),
                DateTimeOffset time => (time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), "Edm.DateTime"),
                _ => (JsonValue.Create(value), null),
            };
            if (type is not null)
            {
                json[name + "@odata.type"] = type;
            }
        }

        return json;
    }

    private static TableEntity Read(string body)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        var row = new TableEntity((string)json["PartitionKey"]!, (string)json["RowKey"]!);
        foreach (
            var (name, value) in json.Where(pair =>
                !pair.Key.EndsWith("@odata.type", StringComparison.Ordinal)
                && pair.Key is not ("PartitionKey" or "RowKey")
                && pair.Value is not null
            )
        )
        {
            row[name] = (string?)json[name + "@odata.type"] switch
            {
                "Edm.Int64" => long.Parse((string)value!, CultureInfo.InvariantCulture),
                "Edm.Binary" => Convert.FromBase64String((string)value!),
                "Edm.DateTime" => DateTimeOffset.Parse((string)value!, CultureInfo.InvariantCulture),
                _ => value!.GetValueKind() switch
                {
                    System.Text.Json.JsonValueKind.String => (string)value!,
                    System.Text.Json.JsonValueKind.Number => (int)value!,
                    _ => (bool)value!,
                },
            };
        }

        return row;
    }

    [GeneratedRegex(@"\(PartitionKey='([^']*)',RowKey='([^']*)'\)")]
    private static partial Regex Key();

    [GeneratedRegex(@"^If-Match: (.*)$", RegexOptions.Multiline)]
    private static partial Regex IfMatch();

    [GeneratedRegex(
        @"^(?<method>PUT|DELETE) (?<url>\S+) HTTP/1\.1\r\n(?<headers>(?:[^\r\n]+\r\n)*)\r\n(?<body>\{[^\r\n]*)?",
        RegexOptions.Multiline
    )]
    private static partial Regex Request();
}
