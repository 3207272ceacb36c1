using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>What is wrong with a body, by member: otmechalka's answer 400 is an object of messages.</summary>
internal sealed class Problems
{
    private readonly Dictionary<string, List<string>> messages = new(StringComparer.Ordinal);

    public bool Any => messages.Count > 0;

    public void Add(string member, string message)
    {
        if (!this.messages.TryGetValue(member, out var messages))
        {
            this.messages[member] = messages = [];
        }

        messages.Add(message);
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (member, messages) in messages)
        {
            json[member] = new JsonArray([.. messages.Select(message => JsonValue.Create(message))]);
        }

        return json;
    }
}
