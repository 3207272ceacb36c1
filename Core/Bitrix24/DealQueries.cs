using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>A product row as <c>crm.deal.productrows.get</c> gives it: every value as text, <see langword="null"/> where it is empty.</summary>
internal sealed record DealRow(string? ProductName, string? Quantity, string? PriceBrutto, string? DiscountSum, string? Price, string? TaxRate);

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

    /// <summary>The product rows that were answered.</summary>
    public static IEnumerable<DealRow> ReadRows(CommandAnswer answer) => answer.Result.Items().Select(row => new DealRow(
        row.Member("PRODUCT_NAME").Text(),
        row.Member("QUANTITY").Text(),
        row.Member("PRICE_BRUTTO").Text(),
        row.Member("DISCOUNT_SUM").Text(),
        row.Member("PRICE").Text(),
        row.Member("TAX_RATE").Text()));

    /// <summary>The users that were answered, with first name and surname as far as they are filled in.</summary>
    public static IEnumerable<(string Id, string Name)> ReadUsers(CommandAnswer answer) => answer.Result.Items()
        .Where(user => user.Member("ID").Text() is not null)
        .Select(user => (user.Member("ID").Text()!, string.Join(' ', new[] { user.Member("NAME").Text(), user.Member("LAST_NAME").Text() }.OfType<string>())));
}
