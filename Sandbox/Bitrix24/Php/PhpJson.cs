using System.Globalization;
using System.Text;
using System.Text.Json;

namespace B24Otmechalka.Sandbox.Bitrix24.Php;

/// <summary>JSON as PHP writes it: slashes escaped, everything beyond ASCII as <c>\uXXXX</c> (docs/bitrix24.md, section 1).</summary>
internal static class PhpJson
{
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>
    /// A body that does not parse, or is no object, is an empty set of parameters and no error (docs/bitrix24.md, section 1).
    /// </summary>
    public static PhpArray ReadParameters(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement) as PhpArray ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new PhpArray();
                foreach (var member in element.EnumerateObject())
                {
                    map[member.Name] = Read(member.Value);
                }

                return map;
            case JsonValueKind.Array:
                return PhpArray.List(element.EnumerateArray().Select(Read));
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? whole : element.GetDouble();
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string plain:
                WriteText(text, plain);
                break;
            case PhpArray array:
                WriteArray(text, array);
                break;
            case decimal money:
                text.Append(money.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteArray(StringBuilder text, PhpArray array)
    {
        var list = array.IsList;
        text.Append(list ? '[' : '{');
        var first = true;
        foreach (var (key, value) in array)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            if (!list)
            {
                WriteText(text, key);
                text.Append(':');
            }

            Write(text, value);
        }

        text.Append(list ? ']' : '}');
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '/' => text.Append("\\/"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or > '~' => text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
