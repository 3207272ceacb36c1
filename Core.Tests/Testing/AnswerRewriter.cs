using System.Text;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>Lets a test change what Bitrix24 answers, between the emulated portal and the product.</summary>
internal sealed class AnswerRewriter(Func<Func<string, byte[], byte[]>?> rewrite, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (rewrite() is { } change && request.RequestUri!.AbsolutePath.Contains("/rest/", StringComparison.Ordinal))
        {
            var method = Path.GetFileNameWithoutExtension(request.RequestUri.AbsolutePath);
            var content = new ByteArrayContent(change(method, await response.Content.ReadAsByteArrayAsync(cancellationToken)));
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
            response.Content = content;
        }

        return response;
    }

    /// <summary>
    /// Changes every result that a condition picks, of single calls and of commands in a batch. The change returns the new result
    /// as JSON, or <see langword="null"/> to take it away.
    /// </summary>
    /// <param name="change">Gets the result.</param>
    public static Func<string, byte[], byte[]> Results(Func<JsonNode?, string?> change) =>
        (method, bytes) =>
        {
            var answer = JsonNode.Parse(bytes)!.AsObject();
            if (method != "batch")
            {
                Replace(answer, "result", change);
            }
            else if (answer["result"]?["result"] is JsonObject commands)
            {
                foreach (var key in commands.Select(command => command.Key).ToList())
                {
                    Replace(commands, key, change);
                }
            }

            return Encoding.UTF8.GetBytes(answer.ToJsonString());
        };

    /// <summary>Whether a result is a list of cards, of contacts or deals.</summary>
    public static bool IsCards(JsonNode? result) =>
        result is JsonArray { Count: > 0 } rows && rows[0] is JsonObject row && row.ContainsKey("DATE_CREATE");

    private static void Replace(JsonObject owner, string key, Func<JsonNode?, string?> change)
    {
        if (owner.ContainsKey(key))
        {
            var changed = change(owner[key]);
            owner.Remove(key);
            if (changed is not null)
            {
                owner[key] = JsonNode.Parse(changed);
            }
        }
    }
}
