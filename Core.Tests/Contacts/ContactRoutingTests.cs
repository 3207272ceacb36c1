using System.Text.Json;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Contacts;

/// <summary>The routing of docs/spec.md, section 5.1: product and branch to courses and branch office, and what is out of scope.</summary>
public sealed class ContactRoutingTests
{
    private const string Online = "10985,10986";
    private const string Chess = "10987,10988";

    [Theory]
    [InlineData("410", "", Online, "2633")] // needs no branch
    [InlineData("410", "48", Online, "2633")]
    [InlineData("410", "348", Online, "2633")] // an unsupported branch does no harm
    [InlineData("404", "48", Chess, "2634")]
    [InlineData("404", "12708", Chess, "2635")]
    [InlineData("404", "48,12708", Chess, "2634,2635")] // the same courses once
    [InlineData("404", "12708,48", Chess, "2634,2635")] // the table's order, not the card's
    [InlineData("404", "348,48,350", Chess, "2634")]
    [InlineData("404,406,408", "48", Chess, "2634")]
    [InlineData("404,410", "", Online, "2633")] // 404 needs a branch, but 410 matches
    [InlineData("404,410", "348", Online, "2633")]
    [InlineData("404,410", "48", Online + "," + Chess, "2633,2634")]
    [InlineData("404,410", "12708", Online + "," + Chess, "2633,2635")]
    [InlineData("410,404", "12708,48", Online + "," + Chess, "2633,2634,2635")]
    public void Sync_SupportedProductAndBranch_SendsTheUnionInTheTablesOrder(
        string products,
        string branches,
        string courses,
        string offices
    )
    {
        var (world, id) = Run(products, branches);

        var sent = world.SentOne("POST clients");
        Assert.Equal(courses.Split(','), Texts(sent.GetProperty("courses")));
        Assert.Equal(offices.Split(','), Texts(sent.GetProperty("branchoffices")));
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Theory]
    [InlineData("406", "")]
    [InlineData("406", "48")]
    [InlineData("406,408", "12708")]
    [InlineData("404", "348")]
    [InlineData("404", "348,350")]
    [InlineData("404,406", "350")]
    public void Sync_NoMatchLeft_IsOutOfScopeAndNothingIsSent(string products, string branches)
    {
        var (world, id) = Run(products, branches);

        Assert.Equal("Успешно", world.ContactStatus(id));
        Assert.Equal(0, world.Crms.OtmechalkaEndpoint.Traffic.Requests);
        Assert.Equal(world.Contacts.Modified(id).AddMinutes(-1), world.State(SyncJob.Contacts)!.Checkpoint);
    }

    [Fact]
    public void Sync_OutOfScopeWithEverythingElseWrong_IsSuccess()
    {
        var (world, id) = Run(
            "404",
            "348",
            (StudentLastName, null),
            ("PHONE", "нет"),
            ("EMAIL", "нет"),
            (Birthdate, "нет"),
            ("NAME", null)
        );

        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Theory]
    [InlineData("", "", "Не заполнено: продукт")]
    [InlineData("", "48", "Не заполнено: продукт")]
    [InlineData("", "348", "Не заполнено: продукт")] // whatever the branch (docs/spec.md, section 9)
    [InlineData("404", "", "Не заполнено: филиал")]
    [InlineData("404,406", "", "Не заполнено: филиал")]
    public void Sync_ProductOrNeededBranchEmpty_IsAFormatError(string products, string branches, string status)
    {
        var (world, id) = Run(products, branches);

        Assert.Equal(status, world.ContactStatus(id));
        Assert.Equal(0, world.Crms.OtmechalkaEndpoint.Traffic.Requests);
    }

    [Fact]
    public void Sync_BranchMissingAndOtherProblems_NamesAllOfThem()
    {
        var (world, id) = Run("404", "", ("PHONE", null), (StudentFirstName, null));

        Assert.Equal("Не заполнено: филиал, имя ученика, телефон", world.ContactStatus(id));
    }

    [Fact]
    public void Sync_DeliveredContactLeavesTheScope_IsSuccessAndStaysInOtmechalka()
    {
        var (world, id) = Run("410", "");

        world.EditContact(id, (Product, List("406")), (Status, "что-то"));
        var report = world.SyncContacts();

        Assert.Equal((1, 0), (report.OutOfScope, report.OtmechalkaRequests));
        Assert.Equal("Успешно", world.ContactStatus(id));
        Assert.Equal(1, world.Crms.Otmechalka.Store.ClientCount);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Sync_ListsAsNumbersOrTextsEmptyOnesAsFalseOrList_AreReadAlike(bool numbers, bool emptyList)
    {
        var world = World.Empty(new() { MultipleValuesAsNumbers = numbers, EmptyMultipleIsList = emptyList });
        var online = world.AddContact((Branch, List()));
        var none = world.AddContact((Product, List()));

        world.SyncContacts();

        Assert.Equal("Успешно", world.ContactStatus(online));
        Assert.Equal("Не заполнено: продукт", world.ContactStatus(none));
    }

    private static (World World, long Id) Run(string products, string branches, params (string Field, object? Value)[] changes)
    {
        var world = World.Empty();
        var id = world.AddContact([(Product, Split(products)), (Branch, Split(branches)), .. changes]);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.SyncContacts();
        return (world, id);
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());
}
