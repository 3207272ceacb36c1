using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>What people type: most of it right, some of it wrong or of no concern to the service.</summary>
internal static class CardValues
{
    public const long SellerId = 12288;

    /// <summary>A contact out of scope whose status is right already.</summary>
    public static readonly (string Field, object? Value)[] Filler = [(Product, new[] { "406" }), (Status, "Успешно")];

    public static (string Field, object? Value)[] Contact(SimulatedWorld world, ref int number) =>
        [
            ("NAME", "Иван"),
            ("LAST_NAME", "Ъёлкин"),
            (StudentLastName, "Ъёлкин"),
            (StudentFirstName, $"Вася {++number}"),
            (Birthdate, "2009-11-29"),
            (Product, ProductOf(world)),
            (Branch, BranchOf(world)),
            ("PHONE", Phone(world)),
            ("EMAIL", "vasya@example.com"),
        ];

    public static (string Field, object? Value)[] Deal(SimulatedWorld world, long contact) =>
        [
            ("TITLE", "Абонемент"),
            ("STAGE_ID", world.Random.Next(4) > 0 ? "WON" : "PREPARATION"),
            ("CONTACT_ID", People.Text(contact)),
            ("ASSIGNED_BY_ID", People.Text(SellerId)),
            (SellingDate, "2020-12-13"),
            (Branch, DealBranch(world)),
            (PaymentMethod, "452"),
        ];

    public static ProductRow[] Rows(SimulatedWorld world) =>
        world.Random.Next(8) switch
        {
            0 => [],
            1 => [Lessons(9000), Lessons(8000)],
            2 => [Lessons(9000.005m)],
            var i => [Lessons(9000 + (100 * i))],
        };

    /// <summary>One mapped field, changed.</summary>
    public static (string Field, object? Value)[] Change(SimulatedWorld world, SyncJob kind, ref int number) =>
        kind == SyncJob.Contacts
            ? world.Random.Next(6) switch
            {
                0 => [("PHONE", Phone(world))],
                1 => [(Product, ProductOf(world))],
                2 => [(Branch, BranchOf(world))],
                3 => [(StudentLastName, world.Random.Next(3) == 0 ? null : "Ёлкина-Ъёлкин")],
                _ => [(StudentFirstName, $"Вася {++number}")],
            }
            : world.Random.Next(5) switch
            {
                0 => [(SellingDate, world.Random.Next(3) == 0 ? null : "2020-12-14")],
                1 => [(Branch, DealBranch(world))],
                2 => [(PaymentMethod, world.Random.Next(2) == 0 ? "450" : "452")],
                3 => [("OPPORTUNITY", People.Text(++number))],
                _ => [(SellingDate, $"2020-12-{10 + (++number % 15)}")],
            };

    private static ProductRow Lessons(decimal price) => new(" 6 КМС индивидуальные 45 мин", price - 300, price, 300);

    private static string Phone(SimulatedWorld world) => world.Random.Next(6) == 0 ? "нет" : $"8 (926) 123-45-{world.Random.Next(10, 100)}";

    private static string[] ProductOf(SimulatedWorld world) =>
        world.Random.Next(8) switch
        {
            0 => ["406"],
            1 => [],
            < 4 => ["404"],
            _ => ["410"],
        };

    private static string[] BranchOf(SimulatedWorld world) =>
        world.Random.Next(5) switch
        {
            0 => [],
            1 => ["348"],
            2 => ["12708"],
            _ => ["48"],
        };

    private static string[] DealBranch(SimulatedWorld world) =>
        world.Random.Next(8) switch
        {
            0 => ["348"],
            1 => [],
            2 => ["186", "12706"],
            3 => ["12706"],
            _ => ["186"],
        };
}
