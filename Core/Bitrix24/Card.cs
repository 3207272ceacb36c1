using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// A contact or a deal as <c>crm.*.list</c> gives it: the columns that were selected, read tolerantly. Which column means
/// what is the mapping's business.
/// </summary>
internal sealed class Card
{
    private readonly JsonElement row;

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

    /// <summary>Reads a row; <see langword="null"/> when it has no ID or no dates and so cannot be followed.</summary>
    public static Card? Read(JsonElement row)
    {
        var id = row.Member("ID").Text();
        return id is { Length: <= 18 } && id.All(char.IsAsciiDigit)
            && row.Member("DATE_MODIFY").Timestamp() is { } modified && row.Member("DATE_CREATE").Timestamp() is { } created
            ? new Card(row, id, created, modified)
            : null;
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

    /// <summary>
    /// A fingerprint of all selected columns but <c>DATE_MODIFY</c>, the status field included: two readings with the same
    /// one show the same card.
    /// </summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var column in row.EnumerateObject())
        {
            var name = column.ReadableName();
            if (name != "DATE_MODIFY")
            {
                text.Append(name).Append('=').Append(column.Value.GetRawText()).Append('\n');
            }
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 8);
    }
}
