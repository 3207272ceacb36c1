using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Contacts;

/// <summary>What the mapper makes of the JSON shapes that the emulated portal does not print.</summary>
public sealed class ContactMapperTests
{
    private static readonly Dictionary<string, string> Complete = new()
    {
        ["NAME"] = "\"Иван\"",
        ["LAST_NAME"] = "\"Петров\"",
        ["SURNAME"] = "\"Петров\"",
        ["FIRST"] = "\"Василий\"",
        ["BIRTH"] = "\"2009-11-29T03:00:00+03:00\"",
        ["PRODUCT"] = "[404]",
        ["BRANCH"] = "[48]",
        ["PHONE"] = """[{"ID":"1","VALUE":"89261234567"}]""",
        ["EMAIL"] = """[{"ID":"2","VALUE":"ivan@example.com"}]""",
    };

    private readonly ContactMapper mapper = new(
        new ContactMapping
        {
            StatusField = "STATUS",
            StudentLastNameField = "SURNAME",
            StudentFirstNameField = "FIRST",
            BirthdateField = "BIRTH",
            ProductField = "PRODUCT",
            BranchField = "BRANCH",
            Routes =
            [
                new ContactRoute
                {
                    Product = "410",
                    Courses = ["1", "2"],
                    BranchOffice = "b0",
                },
                new ContactRoute
                {
                    Product = "404",
                    Branch = "48",
                    Courses = ["2", "3"],
                    BranchOffice = "b1",
                },
                new ContactRoute
                {
                    Product = "404",
                    Branch = "12708",
                    Courses = ["3", "2"],
                    BranchOffice = "b1",
                },
            ],
        }
    );

    private static readonly string?[] EmptyShapes = [null, "null", "\"\"", "\"  \"", "false", "[]", "{}", "[\"\"]", "[null]"];

    public static TheoryData<string?> Empties => [.. EmptyShapes];

    public static TheoryData<string, string> RequiredEmpties()
    {
        var data = new TheoryData<string, string>();
        foreach (
            var (field, name) in new[]
            {
                ("NAME", ContactTexts.ParentFirstName),
                ("LAST_NAME", ContactTexts.ParentLastName),
                ("SURNAME", ContactTexts.StudentLastName),
                ("FIRST", ContactTexts.StudentFirstName),
                ("PRODUCT", ContactTexts.Product),
                ("BRANCH", ContactTexts.Branch),
                ("PHONE", ContactTexts.Phone),
            }
        )
        {
            data.Add(field, name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(RequiredEmpties))]
    public void Map_RequiredFieldEmptyInAnySpelling_IsMissing(string field, string name)
    {
        foreach (var empty in EmptyShapes)
        {
            var mapped = mapper.Map(Card((field, empty)));

            Assert.Equal($"Не заполнено: {name}", Assert.IsType<MappingResult.Invalid>(mapped).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Empties))]
    public void Map_OptionalFieldEmptyInAnySpelling_IsLeftOut(string? empty)
    {
        var client = Ready(("EMAIL", empty), ("BIRTH", empty));

        Assert.Null(client.Email);
        Assert.Null(client.Birthdate);
    }

    [Theory]
    [InlineData("""[{"ID":"1","VALUE":""}]""")]
    [InlineData("""[{"ID":"1","VALUE":null}]""")]
    [InlineData("""[{"ID":"1"}]""")]
    public void Map_FirstPhoneHasNoValue_IsMissing(string phone) =>
        Assert.Equal("Не заполнено: телефон", Assert.IsType<MappingResult.Invalid>(mapper.Map(Card(("PHONE", phone)))).Status);

    [Theory]
    [InlineData("""{"0":{"ID":"1","VALUE":"89261234567"}}""")] // a PHP map instead of a list
    [InlineData("""{"n7":{"VALUE":"89261234567"},"n8":{"VALUE":"+7 495 000-00-00"}}""")]
    [InlineData("""["89261234567"]""")]
    [InlineData("""[{"ID":1,"VALUE":89261234567}]""")]
    public void Map_PhoneInAnotherShape_IsRead(string phone) => Assert.Equal("79261234567", Ready(("PHONE", phone)).Phone);

    [Theory]
    [InlineData("[404]", "[48]")]
    [InlineData("[\"404\"]", "[\"48\"]")]
    [InlineData("404", "\"48\"")]
    [InlineData("{\"0\":404}", "{\"3\":\"48\"}")]
    [InlineData("[404,null,\"\",false]", "[0,\"0\",48]")]
    [InlineData("[\" 404 \"]", "[48,48]")]
    public void Map_ListsInAnotherShape_AreRead(string products, string branches)
    {
        var client = Ready(("PRODUCT", products), ("BRANCH", branches));

        Assert.Equal(["2", "3"], client.Courses);
        Assert.Equal(["b1"], client.BranchOffices);
    }

    [Theory]
    [InlineData("\"0\"")]
    [InlineData("0")]
    [InlineData("[0]")]
    public void Map_ProductZero_IsEmpty(string zero) =>
        Assert.Equal("Не заполнено: продукт", Assert.IsType<MappingResult.Invalid>(mapper.Map(Card(("PRODUCT", zero)))).Status);

    [Fact]
    public void Map_OverlappingRoutes_SendsCoursesAndBranchOfficesOnce()
    {
        var client = Ready(("PRODUCT", "[404,410]"), ("BRANCH", "[12708,48]"));

        Assert.Equal(["1", "2", "3"], client.Courses);
        Assert.Equal(["b0", "b1"], client.BranchOffices);
    }

    [Fact]
    public void Map_NamesThatAreNumbers_AreTexts() => Assert.Equal("7", Ready(("SURNAME", "7")).LastName);

    [Fact]
    public void Map_SameCardTwice_HasTheSameHash_OtherContentAnother()
    {
        var one = Assert.IsType<ReadyClient>(mapper.Map(Card()));
        var same = Assert.IsType<ReadyClient>(mapper.Map(Card(("EMAIL", """{"5":{"VALUE":" ivan@example.com"}}"""))));
        var other = Assert.IsType<ReadyClient>(mapper.Map(Card(("EMAIL", null))));

        Assert.Equal(one.PayloadHash, same.PayloadHash);
        Assert.NotEqual(one.PayloadHash, other.PayloadHash);
    }

    [Fact]
    public void Columns_NamePhoneAndEmail_BecauseNoMaskBringsThem()
    {
        Assert.Contains("PHONE", mapper.Columns);
        Assert.Contains("EMAIL", mapper.Columns);
        Assert.Contains("PRODUCT", mapper.Columns);
    }

    private Core.Otmechalka.Client Ready(params (string Field, string? Json)[] changes) =>
        Assert.IsType<ReadyClient>(mapper.Map(Card(changes))).Client;

    private static Core.Bitrix24.Card Card(params (string Field, string? Json)[] changes)
    {
        var members = new Dictionary<string, string?>(Complete!);
        foreach (var (field, json) in changes)
        {
            members[field] = json;
        }

        return TestCards.Card(
            string.Join(',', members.Where(member => member.Value is not null).Select(member => $"\"{member.Key}\":{member.Value}"))
        );
    }
}
