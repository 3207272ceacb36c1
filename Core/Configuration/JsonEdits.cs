using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// Changes single values of a JSON text and leaves everything else as it is written: comments, order, blanks. What is not there yet is
/// added to its object.
/// </summary>
internal sealed class JsonEdits
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly byte[] text;
    private readonly Dictionary<string, Member> members = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<int, (int Length, string Text)> edits = [];

    /// <summary>Edits a text.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public JsonEdits(string text)
    {
        this.text = Encoding.UTF8.GetBytes(text);
        Read();
    }

    /// <summary>Sets the text at a path such as <c>Mapping:Deal:Stages:0</c>.</summary>
    /// <returns>Whether there is such a value, or an object that it could be added to.</returns>
    public bool Set(string path, string value)
    {
        if (members.TryGetValue(path, out var member))
        {
            edits[member.Start] = (member.End - member.Start, Quote(value));
            return true;
        }

        var parent = path[..Math.Max(0, path.LastIndexOf(':'))];
        if (!members.TryGetValue(parent, out var holder) || !holder.IsObject)
        {
            return false;
        }

        var name = path[(parent.Length + 1)..];
        var indent = new string(' ', (2 * path.Count(c => c == ':')) + 2);
        var end = holder.LastMemberEnd;
        var addition = end is null
            ? $"\n{indent}{Quote(name)}: {Quote(value)}\n{indent[2..]}"
            : $",\n{indent}{Quote(name)}: {Quote(value)}";
        var place = end ?? holder.Start + 1;
        // Several additions to one object follow each other; a change of its last value ends where they begin.
        edits[place] =
            edits.TryGetValue(place, out var before) && before.Length == 0
                ? (0, before.Text.TrimEnd() + Comma(end) + addition)
                : (0, addition);
        return true;
    }

    /// <summary>Gives a member another name.</summary>
    /// <returns>Whether there is such a member.</returns>
    public bool Rename(string path, string name)
    {
        if (!members.TryGetValue(path, out var member) || member.NameStart < 0)
        {
            return false;
        }

        edits[member.NameStart] = (member.NameEnd - member.NameStart, Quote(name));
        return true;
    }

    /// <summary>The text with all changes.</summary>
    public override string ToString()
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var (start, (length, replacement)) in edits)
        {
            result.Append(Encoding.UTF8.GetString(text, at, start - at)).Append(replacement);
            at = start + length;
        }

        return result.Append(Encoding.UTF8.GetString(text, at, text.Length - at)).ToString();
    }

    private static string Comma(int? end) => end is null ? "," : "";

    private static string Quote(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private void Read()
    {
        var reader = new Utf8JsonReader(text, Lenient);
        var open = new Stack<Member>();
        var (name, nameStart, nameEnd) = ("", -1, -1);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    (name, nameStart, nameEnd) = (reader.GetString()!, (int)reader.TokenStartIndex, NameEnd((int)reader.TokenStartIndex));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Close(open, (int)reader.BytesConsumed);
                    break;
                default:
                    var path = open.TryPeek(out var parent) ? parent.PathOf(name) : "";
                    var isOpen = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                    var member = new Member(path, (int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartObject)
                    {
                        NameStart = parent is { IsObject: true } ? nameStart : -1,
                        NameEnd = nameEnd,
                        End = (int)reader.BytesConsumed,
                    };
                    members[path] = member;
                    open.Push(member);
                    if (!isOpen)
                    {
                        Close(open, (int)reader.BytesConsumed);
                    }

                    break;
            }
        }
    }

    private static void Close(Stack<Member> open, int end)
    {
        open.Pop().End = end;
        if (open.TryPeek(out var parent))
        {
            parent.LastMemberEnd = end;
        }
    }

    // The reader has consumed the colon, too.
    private int NameEnd(int start)
    {
        var end = start + 1;
        while (text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return end + 1;
    }

    private sealed class Member(string path, int start, bool isObject)
    {
        private int place;

        public int Start => start;

        public bool IsObject => isObject;

        public int End { get; set; }

        public int NameStart { get; init; }

        public int NameEnd { get; init; }

        public int? LastMemberEnd { get; set; }

        public string PathOf(string name)
        {
            var last = isObject ? name : (place++).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return path.Length == 0 ? last : $"{path}:{last}";
        }
    }
}
