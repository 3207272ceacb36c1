using System.Text.Json;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// A product row as <c>crm.deal.productrows.get</c> gives it: every value as text, <see langword="null"/> where it is empty.
/// </summary>
internal sealed record DealRow(
    string? ProductName,
    string? Quantity,
    string? PriceBrutto,
    string? DiscountSum,
    string? Price,
    string? TaxRate
);

/// <summary>The calls that tell what belongs to a deal: its product rows and its user.</summary>
internal static class DealQueries
{
    public const string RowsMethod = "crm.deal.productrows.get";
    public const string UsersMethod = "user.get";

    /// <summary>Rows in a full page of users.</summary>
    public const int UsersPerCommand = 50;

    /// <summary>The product rows of a deal.</summary>
    public static Bitrix24Command Rows(string deal) => new(RowsMethod, new JsonObject { ["id"] = deal });

    /// <summary>
    /// These users, at most <see cref="UsersPerCommand"/>. The plain key: old servers drop a prefixed one. Dismissed users
    /// come too, as long as ACTIVE is not asked for.
    /// </summary>
    public static Bitrix24Command Users(IEnumerable<string> ids) =>
        new(UsersMethod, new JsonObject { ["FILTER"] = new JsonObject { ["ID"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) } });

    /// <summary>
    /// The product rows that were answered; <see langword="null"/> when that is no list of rows: a failed read, and not a deal
    /// without products.
    /// </summary>
    public static IReadOnlyList<DealRow>? ReadRows(JsonElement result)
    {
        if (result.Rows() is not { } rows || !rows.All(row => row.ValueKind == JsonValueKind.Object))
        {
            return null;
        }

        var read = rows.Select(row => new DealRow(
                row.Member("PRODUCT_NAME").Text(),
                row.Member("QUANTITY").Text(),
                row.Member("PRICE_BRUTTO").Text(),
                row.Member("DISCOUNT_SUM").Text(),
                row.Member("PRICE").Text(),
                row.Member("TAX_RATE").Text()
            ))
            .Take(MostRows)
            .ToList();
        return read.TrueForAll(row => !(row.ProductName?.Length > LongestText)) ? read : null;
    }

    /// <summary>
    /// The users that were answered, by ID, with first name and surname as far as they are filled in; <see langword="null"/> when
    /// that is no list of users, or when a row that cannot be read may be one of those asked for and missing.
    /// </summary>
    public static Dictionary<string, string>? ReadUsers(JsonElement result, IReadOnlyCollection<string> asked)
    {
        if (result.Rows() is not { } rows)
        {
            return null;
        }

        var users = new Dictionary<string, string>();
        foreach (var row in rows)
        {
            var name = string.Join(' ', new[] { row.Member("NAME").Text(), row.Member("LAST_NAME").Text() }.OfType<string>());
            if (row.Member("ID").Id() is { } id && asked.Contains(id) && name.Length <= LongestText)
            {
                users[id] = name;
            }
        }

        return rows.All(row => row.Member("ID").Id() is not null) || asked.All(users.ContainsKey) ? users : null;
    }

    /// <summary>More rows than anybody looks at: a deal has one, and two are already too many.</summary>
    private const int MostRows = 100;

    /// <summary>Four times what Bitrix24 keeps of a product's name, and more than any person's.</summary>
    private const int LongestText = 1024;
}
