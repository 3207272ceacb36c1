using System.Text.Json;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class ListSelectTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public ListSelectTests() =>
        driver.Portal.Contacts.Add(
            new Dictionary<string, object?>
            {
                ["NAME"] = "Анна",
                ["LAST_NAME"] = "",
                ["PHONE"] = "8 (926) 555-01-01",
                [SampleFields.Birthdate] = "2009-11-29",
                [SampleFields.Product] = (int[])[404, 410],
            },
            1
        );

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Select_Nothing_IsBothMasks()
    {
        var row = await RowAsync("");

        Assert.True(row.TryGetProperty("NAME", out _));
        Assert.True(row.TryGetProperty(SampleFields.Status, out _));
        Assert.False(row.TryGetProperty("PHONE", out _));
        Assert.False(row.TryGetProperty(SampleFields.Product, out _));
    }

    [Fact]
    public async Task Select_MultipleFieldsInMasks_CanBeSwitchedOn()
    {
        driver.Options.MasksOmitMultipleFields = false;

        Assert.True((await RowAsync("select[]=UF_*")).TryGetProperty(SampleFields.Product, out _));
    }

    [Fact]
    public async Task Select_Star_HasNoUserFields()
    {
        var row = await RowAsync("select[]=*");

        Assert.True(row.TryGetProperty("NAME", out _));
        Assert.False(row.TryGetProperty(SampleFields.Status, out _));
    }

    [Fact]
    public async Task Select_ByName_ShowsThoseAndTheId()
    {
        var row = await RowAsync("select[]=PHONE&select[]=UF_CRM_MISSPELT&select[]=" + SampleFields.Product);

        Assert.Equal(
            ["ID", "PHONE", SampleFields.Product],
            row.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Select_Phone_HasItsParts()
    {
        var phone = (await RowAsync("select[]=PHONE")).GetProperty("PHONE")[0];

        Assert.Equal("8 (926) 555-01-01", phone.GetProperty("VALUE").GetString());
        Assert.Equal("WORK", phone.GetProperty("VALUE_TYPE").GetString());
        Assert.Equal("PHONE", phone.GetProperty("TYPE_ID").GetString());
        Assert.Equal(JsonValueKind.String, phone.GetProperty("ID").ValueKind);
    }

    [Fact]
    public async Task Select_EmailOfAContactWithout_IsAbsent() =>
        Assert.False((await RowAsync("select[]=EMAIL")).TryGetProperty("EMAIL", out _));

    [Fact]
    public async Task Row_Values_HaveThePortalsTypes()
    {
        var row = await RowAsync("select[]=*&select[]=UF_*&select[]=" + SampleFields.Product + "&select[]=" + SampleFields.Branch);

        Assert.Equal("1", row.GetProperty("ID").GetString());
        Assert.Equal("", row.GetProperty("LAST_NAME").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("SECOND_NAME").ValueKind);
        Assert.Equal("2026-03-01T12:00:00+03:00", row.GetProperty("DATE_MODIFY").GetString());
        Assert.Equal("2009-11-29T03:00:00+03:00", row.GetProperty(SampleFields.Birthdate).GetString());
        Assert.Equal("[404,410]", row.GetProperty(SampleFields.Product).GetRawText());
        Assert.Equal("false", row.GetProperty(SampleFields.Branch).GetRawText());
    }

    [Fact]
    public async Task Row_OtherShapes_CanBeSwitchedOn()
    {
        driver.Options.MultipleValuesAsNumbers = false;
        driver.Options.EmptyMultipleIsList = true;

        var row = await RowAsync("select[]=" + SampleFields.Product + "&select[]=" + SampleFields.Branch);

        Assert.Equal("[\"404\",\"410\"]", row.GetProperty(SampleFields.Product).GetRawText());
        Assert.Equal("[]", row.GetProperty(SampleFields.Branch).GetRawText());
    }

    [Fact]
    public async Task Row_DateWestOfUtc_FallsOnTheDayBefore()
    {
        driver.Options.ServerOffset = TimeSpan.FromHours(-5);

        Assert.Equal("2009-11-28T19:00:00-05:00", (await RowAsync("")).GetProperty(SampleFields.Birthdate).GetString());
    }

    private async Task<JsonElement> RowAsync(string select) => (await driver.GetAsync("crm.contact.list?" + select)).Result[0];
}
