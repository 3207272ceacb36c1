using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class PeopleTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Add_CommitDelay_BecomesVisibleLateWithItsEarlyTime()
    {
        driver.Options.CommitDelay = TimeSpan.FromSeconds(5);
        var id = driver.Portal.Contacts.Add([]);

        driver.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty((await driver.GetAsync("crm.contact.list")).Ids);

        driver.Time.Advance(TimeSpan.FromSeconds(1));
        var row = Assert.Single((await driver.GetAsync("crm.contact.list")).Result.EnumerateArray());
        Assert.Equal(
            ($"{id}", "2026-03-01T12:00:00+03:00"),
            (row.GetProperty("ID").GetString(), row.GetProperty("DATE_MODIFY").GetString())
        );
    }

    [Fact]
    public async Task Edit_CommitDelay_ShowsTheOldRowUntilThen()
    {
        var id = driver.Portal.Contacts.Add(Name("старое"));
        driver.Portal.Contacts.Edit(id, Name("новое"), commitDelay: TimeSpan.FromSeconds(10));

        Assert.Equal("старое", (await driver.GetAsync($"crm.contact.get?id={id}")).Result.GetProperty("NAME").GetString());
        Assert.Equal(1, driver.Portal.PendingWrites);
        driver.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("новое", (await driver.GetAsync($"crm.contact.get?id={id}")).Result.GetProperty("NAME").GetString());
        Assert.Equal(0, driver.Portal.PendingWrites);
    }

    [Fact]
    public void Edit_NothingNew_DoesNotMoveTheTime()
    {
        var id = driver.Portal.Contacts.Add(Name("имя"));
        driver.Time.Advance(TimeSpan.FromMinutes(1));

        driver.Portal.Contacts.Edit(id, Name("имя"));
        Assert.Equal(PortalDriver.Start, driver.Portal.Contacts.Modified(id));

        driver.Portal.Contacts.Edit(id, [], force: true);
        Assert.Equal(PortalDriver.Start.AddMinutes(1), driver.Portal.Contacts.Modified(id));
    }

    [Fact]
    public void Edit_MisspeltField_Throws()
    {
        var id = driver.Portal.Contacts.Add([]);

        Assert.Throws<ArgumentException>(() => driver.Portal.Contacts.Edit(id, [KeyValuePair.Create<string, object?>("UF_CRM_X", "1")]));
    }

    [Fact]
    public async Task Add_Import_KeepsBackDatedTimes()
    {
        var (created, modified) = (PortalDriver.Start.AddDays(-3), PortalDriver.Start.AddDays(-2));
        for (var number = 0; number < 60; number++)
        {
            driver.Portal.Contacts.Add([], created: created, modified: modified);
        }

        var answer = await driver.GetAsync("crm.contact.list?order[DATE_MODIFY]=ASC&filter[DATE_MODIFY]=2026-02-27T12:00:00");

        Assert.Equal(60, answer.Json.GetProperty("total").GetInt32());
        Assert.Equal("2026-02-26T12:00:00+03:00", answer.Result[0].GetProperty("DATE_CREATE").GetString());
    }

    [Fact]
    public async Task Delete_Record_IsGone()
    {
        var id = driver.Portal.Contacts.Add([]);
        driver.Portal.Contacts.Delete(id);

        Assert.Equal("Contact is not found", (await driver.WriteStatusAsync(id, "x")).Description);
        Assert.False(driver.Portal.Contacts.Exists(id));
    }

    [Fact]
    public async Task CommandFault_OfOneRecord_IsItsError()
    {
        var (one, other) = (driver.Portal.Contacts.Add([]), driver.Portal.Contacts.Add([]));
        driver.Portal.CommandFault = call =>
            call.Method == "crm.contact.update" && call.Id == one ? RestException.OfMethod("Access denied.") : null;

        Assert.Equal("Access denied.", (await driver.WriteStatusAsync(one, "x")).Description);
        Assert.Equal(200, (await driver.WriteStatusAsync(other, "x")).Status);
        Assert.Null(driver.Portal.Contacts.Text(one, SampleFields.Status));
    }

    private static KeyValuePair<string, object?>[] Name(string name) => [KeyValuePair.Create<string, object?>("NAME", name)];
}
