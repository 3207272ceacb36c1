using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class UpdateTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public UpdateTests()
    {
        driver.AddContacts(2);
        driver.Portal.Deals.Add([KeyValuePair.Create<string, object?>("STAGE_ID", "WON")], 1);
        driver.Time.Advance(TimeSpan.FromHours(1));
    }

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Update_NewValue_MovesTimeAndAuthor()
    {
        var answer = await driver.WriteStatusAsync(1, "Успешно");

        Assert.True(answer.Result.GetBoolean());
        Assert.Equal("Успешно", driver.Portal.Contacts.Text(1, SampleFields.Status));
        Assert.Equal(PortalDriver.Start.AddHours(1), driver.Portal.Contacts.Modified(1));
        Assert.Equal("1", driver.Portal.Contacts.Text(1, "MODIFY_BY_ID"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 5)]
    public async Task Update_SameValue_MovesTimeOnlyOnOldPortals(bool old, int minutes)
    {
        driver.Options.NoOpUpdateMovesDateModify = old;
        await driver.WriteStatusAsync(1, "Успешно");
        driver.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.True((await driver.WriteStatusAsync(1, "Успешно")).Result.GetBoolean());
        Assert.Equal(PortalDriver.Start.AddHours(1).AddMinutes(minutes), driver.Portal.Contacts.Modified(1));
    }

    [Theory]
    [InlineData("UF_CRM_MISSPELT", "x")]
    [InlineData("DATE_MODIFY", "2030-01-01T00:00:00+03:00")]
    [InlineData("MODIFY_BY_ID", "77")]
    [InlineData("ID", "77")]
    [InlineData("name", "x")]
    public async Task Update_UnknownOrReadOnlyField_IsIgnoredWithTrue(string field, string value)
    {
        var answer = await driver.PostAsync(
            "crm.contact.update",
            new { id = 1, fields = new Dictionary<string, string> { [field] = value } }
        );

        Assert.True(answer.Result.GetBoolean());
        Assert.Equal(PortalDriver.Start.AddSeconds(1), driver.Portal.Contacts.Modified(1));
        Assert.Equal("Имя 1", driver.Portal.Contacts.Text(1, "NAME"));
    }

    [Fact]
    public async Task Update_ByGetInUpperCase_Works()
    {
        await driver.GetAsync($"crm.contact.update.json?ID=1&FIELDS[{SampleFields.Status}]=%D0%9E%D0%9A");

        Assert.Equal("ОК", driver.Portal.Contacts.Text(1, SampleFields.Status));
    }

    [Theory]
    [InlineData("crm.contact.update?id=99&fields[NAME]=x", "Contact is not found")]
    [InlineData("crm.deal.update?id=99&fields[TITLE]=x", "Not found")]
    [InlineData("crm.deal.get?id=99", "Not found")]
    [InlineData("crm.contact.update?Id=1&fields[NAME]=x", "ID is not defined or invalid.")]
    [InlineData("crm.deal.update?id=abc&fields[TITLE]=x", "ID is not defined or invalid.")]
    [InlineData("crm.deal.get?id=0", "ID is not defined or invalid.")]
    [InlineData("crm.contact.update?id=1", "Parameter 'fields' must be array")]
    [InlineData("crm.contact.update?id=1&fields=x", "Parameter 'fields' must be array")]
    [InlineData("crm.contact.update?id=1&fields[NAME]=x&params=y", "Parameter 'params' must be array")]
    public async Task Update_BadCall_IsRefusedWithEmptyCode(string call, string description)
    {
        var answer = await driver.GetAsync(call);

        Assert.Equal((400, "", description), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task Update_EmptyText_ClearsTheField()
    {
        await driver.WriteStatusAsync(1, "Успешно");
        await driver.WriteStatusAsync(1, "");

        Assert.Null(driver.Portal.Contacts.Text(1, SampleFields.Status));
    }

    [Fact]
    public async Task Update_Phones_AddsReplacesAndDeletes()
    {
        await WritePhonesAsync(new { VALUE = "1", VALUE_TYPE = "HOME" }, new { VALUE = "2", VALUE_TYPE = "WORK" });
        var phones = (await driver.GetAsync("crm.contact.get?id=1")).Result.GetProperty("PHONE");
        var (first, second) = (phones[0].GetProperty("ID").GetString(), phones[1].GetProperty("ID").GetString());

        await WritePhonesAsync(new { ID = first, VALUE = "" }, new { ID = second, VALUE = "3" });

        phones = (await driver.GetAsync("crm.contact.get?id=1")).Result.GetProperty("PHONE");
        Assert.Equal("3", Assert.Single(phones.EnumerateArray()).GetProperty("VALUE").GetString());

        Task WritePhonesAsync(params object[] written) =>
            driver.PostAsync("crm.contact.update", new { id = 1, fields = new { PHONE = written } });
    }

    [Fact]
    public async Task Update_Stage_MovesMeaningAlong()
    {
        await driver.GetAsync("crm.deal.update?id=1&fields[STAGE_ID]=C3:LOSE");

        var deal = (await driver.GetAsync("crm.deal.get?id=1")).Result;
        Assert.Equal(("F", "Y", "3"), (Text("STAGE_SEMANTIC_ID"), Text("CLOSED"), Text("CATEGORY_ID")));

        string? Text(string name) => deal.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Update_ChangeByApi_StartsTheRobot()
    {
        driver.Portal.OnChangedByApi = (store, id) => store.Edit(id, [KeyValuePair.Create<string, object?>("POST", "робот")], by: 99);

        await driver.WriteStatusAsync(2, "Успешно");

        Assert.Equal("робот", driver.Portal.Contacts.Text(2, "POST"));
        Assert.Equal("99", driver.Portal.Contacts.Text(2, "MODIFY_BY_ID"));
    }
}
