using System.Globalization;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Benchmarks.Emulation;

/// <summary>Invented contacts and deals, all of which can be sent.</summary>
internal static class SandboxSeed
{
    public const string Success = "Успешно";

    /// <summary>The last record was modified so long ago.</summary>
    private static readonly TimeSpan Ago = TimeSpan.FromHours(1);

    /// <summary>The first of the sellers' IDs.</summary>
    private const int FirstSeller = 100;

    public static void Add(SandboxCrms crms, Scenario scenario)
    {
        var now = TimeProvider.System.GetUtcNow();
        var created = now.AddDays(-10);
        var begin = now - Ago - TimeSpan.FromSeconds(Math.Max(scenario.Contacts, scenario.Deals) / scenario.PerSecond);
        for (var i = 0; i < scenario.Contacts; i++)
        {
            crms.Portal.Contacts.Add(Contact(i, scenario), i + 1, created, begin.AddSeconds(i / scenario.PerSecond));
        }

        for (var seller = 0; seller < scenario.Sellers && scenario.Deals > 0; seller++)
        {
            crms.Portal.SetUser(new PortalUser(FirstSeller + seller, "Продавец", Text(seller)));
        }

        for (var i = 0; i < scenario.Deals; i++)
        {
            var id = crms.Portal.Deals.Add(Deal(i, scenario), i + 1, created, begin.AddSeconds(i / scenario.PerSecond));
            crms.Portal.ImportProductRows(id, new ProductRow("8 занятий групповые 60 мин", 9000, 9500, 500));
        }
    }

    public static void Touch(SandboxCrms crms, int count)
    {
        var change = TimeProvider.System.GetTimestamp();
        var step = Math.Max(1, crms.Portal.Contacts.Count / Math.Max(1, count));
        for (var i = 0; i < count; i++)
        {
            crms.Portal.Contacts.Edit(
                (i * step) + 1,
                [Field(SampleFields.StudentFirstName, "Имя " + change.ToString(CultureInfo.InvariantCulture))]
            );
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Contact(int i, Scenario scenario) =>
        [
            Field("NAME", "Иван"),
            Field("LAST_NAME", $"Петров-{Text(i)}"),
            Field(SampleFields.StudentLastName, $"Петров-{Text(i)}"),
            Field(SampleFields.StudentFirstName, "Василий"),
            Field(SampleFields.Birthdate, "2012-03-04"),
            Field(SampleFields.Product, Many("410")),
            Field(SampleFields.Branch, Many("48")),
            Field("PHONE", new[] { new Multifield("", "WORK", $"8 (926) {Text(1_000_000 + i)}") }),
            Field("EMAIL", new[] { new Multifield("", "WORK", $"parent{Text(i)}@example.com") }),
            Field(SampleFields.Status, scenario.HasStatus ? Success : ""),
        ];

    private static IEnumerable<KeyValuePair<string, object?>> Deal(int i, Scenario scenario) =>
        [
            Field("TITLE", "Абонемент"),
            Field("STAGE_ID", "WON"),
            Field("CONTACT_ID", Text((i % scenario.Contacts) + 1)),
            Field("ASSIGNED_BY_ID", Text(FirstSeller + (i % scenario.Sellers))),
            Field("OPPORTUNITY", "9000.00"),
            Field(SampleFields.SellingDate, "2020-12-13"),
            Field(SampleFields.Branch, Many("186")),
            Field(SampleFields.PaymentMethod, "450"),
        ];

    private static string[] Many(string value) => [value];

    private static KeyValuePair<string, object?> Field(string name, object? value) => new(name, value);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
