using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>A deal with the school's fields and its product rows, as the page shows it and takes it back.</summary>
internal sealed record DealCard
{
    public long Id { get; init; }

    public string Title { get; init; } = "";

    public string Stage { get; init; } = "";

    /// <summary>The contact's ID; empty or <c>0</c> for none.</summary>
    public string Contact { get; init; } = "";

    /// <summary>List values of the field, by ID.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    public string SellingDate { get; init; } = "";

    public string PaymentMethod { get; init; } = "";

    /// <summary>The responsible person's ID.</summary>
    public string Seller { get; init; } = "";

    public IReadOnlyList<DealRow> Rows { get; init; } = [];

    public string Comments { get; init; } = "";

    public string? Status { get; init; }

    public DateTimeOffset Modified { get; init; }

    public static DealCard Read(Bitrix24Portal portal, long id)
    {
        var row = portal.Deals.Row(id);
        return new DealCard
        {
            Id = id,
            Title = CardValue.Text(row, "TITLE"),
            Stage = CardValue.Text(row, "STAGE_ID"),
            Contact = CardValue.Text(row, "CONTACT_ID"),
            Branches = CardValue.Many(row, SampleFields.Branch),
            SellingDate = CardValue.Date(row, SampleFields.SellingDate),
            PaymentMethod = CardValue.Text(row, SampleFields.PaymentMethod),
            Seller = CardValue.Text(row, "ASSIGNED_BY_ID"),
            Rows = [.. portal.ProductRows(id).Select(DealRow.Of)],
            Comments = CardValue.Text(row, "COMMENTS"),
            Status = CardValue.Text(row, SampleFields.Status) is { Length: > 0 } status ? status : null,
            Modified = DateTimeOffset.Parse(CardValue.Text(row, "DATE_MODIFY"), CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Adds the deal, or changes the one with this <paramref name="id"/>, and its rows where they differ.</summary>
    /// <returns>Its ID.</returns>
    public long Write(Bitrix24Portal portal, long? id) =>
        portal.Locked(() =>
        {
            var held = id is { } known ? portal.Deals.Text(known, SampleFields.SellingDate) ?? "" : "";
            var written = id ?? portal.Deals.Add(Fields(held));
            if (id is not null)
            {
                portal.Deals.Edit(written, Fields(held));
            }

            var present = portal.ProductRows(written);
            var rows = Rows.Select(row => row.On(present)).ToList();
            if (!rows.SequenceEqual(present))
            {
                portal.SetProductRows(written, rows);
            }

            return written;
        });

    private Dictionary<string, object?> Fields(string held) =>
        new()
        {
            ["TITLE"] = Title,
            ["STAGE_ID"] = Stage,
            ["CONTACT_ID"] = Contact.Length > 0 ? Contact : "0",
            [SampleFields.Branch] = Branches,
            [SampleFields.SellingDate] = CardValue.KeepDate(SellingDate, held),
            [SampleFields.PaymentMethod] = PaymentMethod,
            ["ASSIGNED_BY_ID"] = Seller,
            ["OPPORTUNITY"] = Rows.Sum(row => row.Price * row.Quantity).ToString("0.00", CultureInfo.InvariantCulture),
            ["CURRENCY_ID"] = "RUB",
            ["COMMENTS"] = Comments,
        };
}

/// <summary>A product row of a deal; prices are those of one piece.</summary>
/// <param name="Id">0 for a new one.</param>
/// <param name="Brutto">Before the discount.</param>
/// <param name="Price">After it.</param>
internal sealed record DealRow(long Id, string Name, decimal Brutto, decimal Discount, decimal Price, decimal Quantity)
{
    public static DealRow Of(ProductRow row) => new(row.Id, row.Name, row.Brutto, row.Discount ?? 0, row.Price, row.Quantity);

    /// <summary>The row to be held: what the page does not show stays as it is.</summary>
    public ProductRow On(IReadOnlyList<ProductRow> present)
    {
        var old = present.FirstOrDefault(row => row.Id == Id) ?? new ProductRow(Name, Price, Brutto);
        return old with
        {
            Name = Name,
            Price = Price,
            Brutto = Brutto,
            Quantity = Quantity,
            Discount =
                Discount == 0
                    ? old.Discount is null
                        ? null
                        : 0
                    : Discount,
        };
    }
}
