using System.Text;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>A call of a method with nested parameters: the body of a request, or one command of a batch.</summary>
/// <param name="Method">The method, e.g. <c>crm.contact.list</c>.</param>
/// <param name="Parameters">Its parameters, top-level names in lower case (accepted everywhere, docs/bitrix24.md, section 1).</param>
internal sealed record Bitrix24Command(string Method, JsonObject Parameters)
{
    /// <summary>
    /// PHP's query notation, as a batch wants it: <c>method?filter[%3EID]=5&amp;select[]=ID</c>. Names and values are
    /// percent-encoded; the brackets and a reference <c>$result[…]</c> of ours are not.
    /// </summary>
    public string ToQuery()
    {
        var query = new StringBuilder(Method);
        var separator = '?';
        foreach (var (name, value) in Parameters)
        {
            Append(query, name, value, ref separator);
        }

        return query.ToString();
    }

    /// <summary>A reference to a value in the result of an earlier command of the same batch.</summary>
    public static string Reference(string path) => ReferenceMark + path;

    /// <summary>Whether a text would be taken for such a reference, also when it is encoded (docs/bitrix24.md, section 9).</summary>
    public static bool LooksLikeReference(string text) => text.Contains("$result", StringComparison.OrdinalIgnoreCase);

    private const string ReferenceMark = "$result";

    private static void Append(StringBuilder query, string path, JsonNode? value, ref char separator)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, member) in map)
                {
                    Append(query, $"{path}[{Uri.EscapeDataString(name)}]", member, ref separator);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Append(query, $"{path}[]", item, ref separator);
                }

                break;
            default:
                var text = value?.ToString() ?? "";
                query
                    .Append(separator)
                    .Append(path)
                    .Append('=')
                    .Append(text.StartsWith(ReferenceMark + "[", StringComparison.Ordinal) ? text : Uri.EscapeDataString(text));
                separator = '&';
                break;
        }
    }
}
