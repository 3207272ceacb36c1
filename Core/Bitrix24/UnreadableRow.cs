using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>A row of a list that cannot be followed: that row's matter, while its neighbours go on (docs/spec.md, section 6).</summary>
/// <param name="Id">Its ID; <see langword="null"/> when that is what cannot be read.</param>
/// <param name="Key">The same row has the same one.</param>
/// <param name="Reason">What is wrong, without anything of its contents.</param>
internal sealed record UnreadableRow(string? Id, string Key, string Reason)
{
    /// <summary>
    /// Whether an ID or a time of it can be read: then it is a card that is spoilt, and no other thing than a list's row.
    /// </summary>
    public bool IsOfACard { get; init; }

    /// <summary>Whether it may be the row with this ID: where its own cannot be read, it may be any.</summary>
    public bool MayBe(string id) => Id is null || Id == id;

    public static UnreadableRow Of(JsonElement row, string reason)
    {
        var id = row.Member("ID").Id();
        return new UnreadableRow(id, id ?? Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(row))), reason)
        {
            IsOfACard =
                id is not null
                || row.Member(EntityQueries.Modified).Timestamp() is not null
                || row.Member(EntityQueries.Created).Timestamp() is not null,
        };
    }
}

/// <summary>The unreadable rows that a reading has met, each once however often it was read. Safe to use from several tasks.</summary>
internal sealed class UnreadableRows
{
    private readonly Lock gate = new();
    private readonly HashSet<string> seen = [];
    private List<UnreadableRow> rows = [];

    public void Add(IEnumerable<UnreadableRow> met)
    {
        lock (gate)
        {
            rows.AddRange(met.Where(row => seen.Add(row.Key)));
        }
    }

    /// <summary>Those that were added since it was last asked.</summary>
    public IReadOnlyList<UnreadableRow> Take()
    {
        lock (gate)
        {
            var taken = rows;
            rows = [];
            return taken;
        }
    }
}
