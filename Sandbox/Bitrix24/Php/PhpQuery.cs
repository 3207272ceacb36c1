namespace B24Otmechalka.Sandbox.Bitrix24.Php;

/// <summary>
/// Nested query strings and forms: <c>filter[&gt;ID]=5&amp;select[]=ID</c> (docs/bitrix24.md, section 1). Names and values are decoded
/// first and the brackets are read afterwards, so an encoded bracket is a bracket; a plus is a space. The first raw <c>=</c> ends the name,
/// so <c>filter[&gt;=ID]=5</c> must have its inner one encoded; a bracket left open becomes an underscore.
/// </summary>
internal static class PhpQuery
{
    public static PhpArray Parse(string query)
    {
        var root = new PhpArray();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            if (name.Length > 0)
            {
                Insert(root, name, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
            }
        }

        return root;
    }

    private static void Insert(PhpArray root, string name, string value)
    {
        var (first, rest) = SplitName(name);
        var (target, key) = (root, first);
        foreach (var part in rest)
        {
            var child = key is null ? null : target[key] as PhpArray;
            if (child is null)
            {
                Put(target, key, child = []);
            }

            (target, key) = (child, part.Length == 0 ? null : part);
        }

        Put(target, key, value);
    }

    private static void Put(PhpArray target, string? key, object? value)
    {
        if (key is null)
        {
            target.Add(value);
        }
        else
        {
            target[key] = value;
        }
    }

    private static (string First, List<string> Brackets) SplitName(string name)
    {
        var rest = new List<string>();
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0)
        {
            return (name, rest);
        }

        if (name.IndexOf(']', open) < 0)
        {
            return (name.Replace('[', '_'), rest);
        }

        var first = name[..open];
        while (open < name.Length && name[open] == '[')
        {
            var close = name.IndexOf(']', open);
            if (close < 0)
            {
                break;
            }

            rest.Add(name[(open + 1)..close]);
            open = close + 1;
        }

        return (first, rest);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
