using System.Globalization;
using System.Text.Json;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Data;

/// <summary>
/// The sample people and deals: the worked examples and, for every rule of the mapping, one invented record. Its
/// COMMENTS say what each is there for.
/// </summary>
internal static class SampleData
{
    /// <summary>Records created earlier are there too, to be ignored.</summary>
    public static readonly DateTimeOffset StartDate = new(2020, 12, 20, 0, 0, 0, TimeSpan.FromHours(3));

    private static readonly string[] Stamps = ["ID", "DATE_CREATE", "DATE_MODIFY", "CLOSED", "CATEGORY_ID", "STAGE_SEMANTIC_ID"];

    /// <summary>Both CRMs with the school's fields and lists, and no records.</summary>
    public static SandboxCrms CreateEmpty(TimeProvider time, Bitrix24PortalOptions? options = null)
    {
        var crms = new SandboxCrms(time, options);
        SampleFields.AddTo(crms.Portal);
        SampleLists.AddTo(crms.Otmechalka.Options);
        return crms;
    }

    /// <summary>Both CRMs with the sample data in Bitrix24; otmechalka is empty.</summary>
    public static SandboxCrms Create(TimeProvider time, Bitrix24PortalOptions? options = null)
    {
        var crms = CreateEmpty(time, options);
        Import(crms.Portal);
        return crms;
    }

    public static void Import(Bitrix24Portal portal)
    {
        using var stream = Resources.Open("sample.json");
        using var document = JsonDocument.Parse(stream);
        foreach (var user in document.RootElement.GetProperty("users").EnumerateArray())
        {
            portal.SetUser(new PortalUser(Id(user), Text(user, "NAME"), Text(user, "LAST_NAME"), user.GetProperty("ACTIVE").GetBoolean()));
        }

        foreach (var contact in document.RootElement.GetProperty("contacts").EnumerateArray())
        {
            Add(portal.Contacts, contact);
        }

        foreach (var deal in document.RootElement.GetProperty("deals").EnumerateArray())
        {
            var id = Add(portal.Deals, deal.GetProperty("row"));
            portal.ImportProductRows(id, deal.GetProperty("productRows").EnumerateArray().Select(ReadRow));
        }
    }

    private static long Add(EntityStore store, JsonElement row) =>
        store.Add(
            row.EnumerateObject()
                .Where(member => !Stamps.Contains(member.Name))
                .Select(member => KeyValuePair.Create(member.Name, PhpJson.Read(member.Value))),
            Id(row),
            Moment(row, "DATE_CREATE"),
            Moment(row, "DATE_MODIFY"),
            commitDelay: TimeSpan.Zero
        );

    private static ProductRow ReadRow(JsonElement row) =>
        new(Text(row, "PRODUCT_NAME"), Number(row, "PRICE"), Number(row, "PRICE_BRUTTO"), Number(row, "DISCOUNT_SUM"))
        {
            Id = Id(row),
            ProductId = row.GetProperty("PRODUCT_ID").GetInt64(),
            Quantity = Number(row, "QUANTITY"),
            TaxRate = Number(row, "TAX_RATE"),
        };

    private static long Id(JsonElement row) => long.Parse(Text(row, "ID"), CultureInfo.InvariantCulture);

    private static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private static DateTimeOffset Moment(JsonElement row, string name) =>
        DateTimeOffset.Parse(Text(row, name), CultureInfo.InvariantCulture);
}
