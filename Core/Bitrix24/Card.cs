using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// A contact or a deal as <c>crm.*.list</c> gives it: the columns that were selected, read tolerantly. Which row is a card at all is
/// decided here (<see cref="TryRead"/>); which column means what is the mapping's business. It holds its own row and nothing else of the
/// answer.
/// </summary>
internal sealed class Card
{
    /// <summary>
    /// The most bytes of a row. A usual one has one or two thousand; hundreds of them are on their way through a run at a time,
    /// each with its payload, so that a portal of larger ones would fill the memory.
    /// </summary>
    public const int MostBytes = 32 * 1024;

    private readonly JsonElement row;
    private string? contentHash;

    private Card(JsonElement row, string id, DateTimeOffset created, DateTimeOffset modified)
    {
        this.row = row;
        Id = id;
        Created = created;
        Modified = modified;
    }

    /// <summary>The ID, a positive integer.</summary>
    public string Id { get; }

    /// <summary>The ID as a number, to order by.</summary>
    public long Number => long.Parse(Id, CultureInfo.InvariantCulture);

    /// <summary><c>DATE_CREATE</c>, with the server's offset; one-second granularity.</summary>
    public DateTimeOffset Created { get; }

    /// <summary><c>DATE_MODIFY</c>, with the server's offset; one-second granularity.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>
    /// Reads a row, unless it cannot be followed: it has no ID, no dates that can be read and have an offset, or is larger than <see
    /// cref="MostBytes"/>.
    /// </summary>
    public static bool TryRead(JsonElement row, [NotNullWhen(true)] out Card? card, [NotNullWhen(false)] out UnreadableRow? unreadable)
    {
        card = null;
        var id = row.Member("ID").Id();
        var modified = row.Member(EntityQueries.Modified).Timestamp();
        var created = row.Member(EntityQueries.Created).Timestamp();
        var reason =
            row.ValueKind != JsonValueKind.Object ? "it is no row"
            : id is null ? "its ID is no positive number"
            : modified is null ? "its DATE_MODIFY cannot be read or has no offset"
            : created is null ? "its DATE_CREATE cannot be read or has no offset"
            : JsonMarshal.GetRawUtf8Value(row).Length > MostBytes ? "it is larger than a card can be"
            : null;
        unreadable = reason is null ? null : UnreadableRow.Of(row, reason);
        if (unreadable is not null)
        {
            return false;
        }

        card = new Card(row.Clone(), id!, created!.Value, modified!.Value);
        return true;
    }

    /// <summary>Whether the row has this column at all: B24 leaves out columns that do not exist.</summary>
    public bool Has(string field) => row.Member(field).ValueKind != JsonValueKind.Undefined;

    /// <summary>A scalar, trimmed; <see langword="null"/> when empty.</summary>
    public string? Text(string field) => row.Member(field).Text();

    /// <summary>The ID in a reference or list column; <see langword="null"/> when empty, which may also be spelt <c>"0"</c>.</summary>
    public string? Reference(string field) => Text(field) is { } text && text != "0" ? text : null;

    /// <summary>The filled-in list values of a multiple column.</summary>
    public IReadOnlyList<string> References(string field) => [.. row.Member(field).Texts().Where(text => text != "0")];

    /// <summary>The value of the first phone or e-mail, as typed.</summary>
    public string? FirstValue(string field)
    {
        var first = row.Member(field).Items().FirstOrDefault();
        return first.ValueKind == JsonValueKind.Object ? first.Member("VALUE").Text() : first.Text();
    }

    /// <summary>All phones or e-mails, as typed.</summary>
    public IReadOnlyList<string> Values(string field) =>
        [
            .. row.Member(field)
                .Items()
                .Select(item => item.ValueKind == JsonValueKind.Object ? item.Member("VALUE").Text() : item.Text())
                .OfType<string>(),
        ];

    /// <summary>
    /// A hash of all selected columns but <c>DATE_MODIFY</c>, the status field included: two readings with the same
    /// one show the same card, in whatever form the portal wrote it.
    /// </summary>
    public string ContentHash => contentHash ??= CardContent.Of(row);
}
