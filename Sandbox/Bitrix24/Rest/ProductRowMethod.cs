using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary><c>crm.deal.productrows.get</c>: a plain array, no paging, money as numbers (docs/bitrix24.md, section 7).</summary>
internal sealed class ProductRowMethod(Bitrix24Portal portal)
{
    public RestMethod Get => new("crm.deal.productrows.get", ["crm"], _ => CallCost.Get, Handle);

    private MethodResult Handle(RestCall call)
    {
        var id = call.Id ?? throw RestException.OfMethod("The parameter id is invalid or not defined.");
        if (portal.Deals.Table.Find(id) is null)
        {
            throw RestException.OfMethod("Not found");
        }

        var owner = id.ToString(CultureInfo.InvariantCulture);
        return new MethodResult(PhpArray.List(portal.ProductRows(id).Select(row => Print(row, owner))));
    }

    private static PhpArray Print(ProductRow row, string owner)
    {
        var rate = 1 + ((row.TaxRate ?? 0) / 100);
        var (netto, exclusive) = (Round(row.Brutto / rate), Round(row.Price / rate));
        var printed = new PhpArray
        {
            ["ID"] = row.Id.ToString(CultureInfo.InvariantCulture),
            ["OWNER_ID"] = owner,
            ["OWNER_TYPE"] = "D",
            ["PRODUCT_ID"] = row.ProductId,
            ["PRODUCT_NAME"] = row.Name,
            ["PRICE"] = row.Price,
            ["PRICE_EXCLUSIVE"] = exclusive,
            ["PRICE_NETTO"] = netto,
            ["PRICE_BRUTTO"] = row.Brutto,
            ["PRICE_ACCOUNT"] = row.Price.ToString("0.00", CultureInfo.InvariantCulture),
            ["QUANTITY"] = row.Quantity,
            ["DISCOUNT_TYPE_ID"] = (long)row.DiscountType,
            ["DISCOUNT_RATE"] = netto == 0 ? 0m : Math.Round((row.Discount ?? 0) / netto * 100, 2),
            ["DISCOUNT_SUM"] = row.Discount,
            ["TAX_RATE"] = row.TaxRate,
            ["TAX_INCLUDED"] = row.TaxIncluded ? "Y" : "N",
        };
        return row.Discount is null ? Without(printed, "DISCOUNT_SUM") : printed;
    }

    private static PhpArray Without(PhpArray row, string name)
    {
        var rest = new PhpArray();
        foreach (var (key, value) in row.Where(pair => pair.Key != name))
        {
            rest[key] = value;
        }

        return rest;
    }

    private static decimal Round(decimal price) => Math.Round(price, 2, MidpointRounding.AwayFromZero);
}
