using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class PeopleTests : IDisposable
{
    private readonly PortalDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [Fact]
    public async Task Add_CommitDelay_BecomesVisibleLateWithItsEarlyTime()
    {
        _driver.Options.CommitDelay = TimeSpan.FromSeconds(5);
        var id = _driver.Portal.Contacts.Add([]);

        _driver.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty((await _driver.GetAsync("crm.contact.list")).Ids);

        _driver.Time.Advance(TimeSpan.FromSeconds(1));
        var row = Assert.Single((await _driver.GetAsync("crm.contact.list")).Result.EnumerateArray());
        Assert.Equal(($"{id}", "2026-03-01T12:00:00+03:00"), (row.GetProperty("ID").GetString(), row.GetProperty("DATE_MODIFY").GetString()));
    }

    [Fact]
    public async Task Edit_CommitDelay_ShowsTheOldRowUntilThen()
    {
        var id = _driver.Portal.Contacts.Add(Name("старое"));
        _driver.Portal.Contacts.Edit(id, Name("новое"), commitDelay: TimeSpan.FromSeconds(10));

        Assert.Equal("старое", (await _driver.GetAsync($"crm.contact.get?id={id}")).Result.GetProperty("NAME").GetString());
        Assert.Equal(1, _driver.Portal.PendingWrites);
        _driver.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("новое", (await _driver.GetAsync($"crm.contact.get?id={id}")).Result.GetProperty("NAME").GetString());
        Assert.Equal(0, _driver.Portal.PendingWrites);
    }

    [Fact]
    public void Edit_NothingNew_DoesNotMoveTheTime()
    {
        var id = _driver.Portal.Contacts.Add(Name("имя"));
        _driver.Time.Advance(TimeSpan.FromMinutes(1));

        _driver.Portal.Contacts.Edit(id, Name("имя"));
        Assert.Equal(PortalDriver.Start, _driver.Portal.Contacts.Modified(id));

        _driver.Portal.Contacts.Edit(id, [], force: true);
        Assert.Equal(PortalDriver.Start.AddMinutes(1), _driver.Portal.Contacts.Modified(id));
    }

    [Fact]
    public void Edit_MisspeltField_Throws()
    {
        var id = _driver.Portal.Contacts.Add([]);

        Assert.Throws<ArgumentException>(() => _driver.Portal.Contacts.Edit(id, [KeyValuePair.Create<string, object?>("UF_CRM_X", "1")]));
    }

    [Fact]
    public async Task Add_Import_KeepsBackDatedTimes()
    {
        var (created, modified) = (PortalDriver.Start.AddDays(-3), PortalDriver.Start.AddDays(-2));
        for (var number = 0; number < 60; number++)
            _driver.Portal.Contacts.Add([], created: created, modified: modified);

        var answer = await _driver.GetAsync("crm.contact.list?order[DATE_MODIFY]=ASC&filter[DATE_MODIFY]=2026-02-27T12:00:00");

        Assert.Equal(60, answer.Json.GetProperty("total").GetInt32());
        Assert.Equal("2026-02-26T12:00:00+03:00", answer.Result[0].GetProperty("DATE_CREATE").GetString());
    }

    [Fact]
    public async Task Delete_Record_IsGone()
    {
        var id = _driver.Portal.Contacts.Add([]);
        _driver.Portal.Contacts.Delete(id);

        Assert.Equal("Contact is not found", (await _driver.WriteStatusAsync(id, "x")).Description);
        Assert.False(_driver.Portal.Contacts.Exists(id));
    }

    [Fact]
    public async Task CommandFault_OfOneRecord_IsItsError()
    {
        var (one, other) = (_driver.Portal.Contacts.Add([]), _driver.Portal.Contacts.Add([]));
        _driver.Portal.CommandFault = call => call.Method == "crm.contact.update" && call.Id == one ? RestException.OfMethod("Access denied.") : null;

        Assert.Equal("Access denied.", (await _driver.WriteStatusAsync(one, "x")).Description);
        Assert.Equal(200, (await _driver.WriteStatusAsync(other, "x")).Status);
        Assert.Null(_driver.Portal.Contacts.Text(one, SampleFields.Status));
    }

    private static KeyValuePair<string, object?>[] Name(string name) => [KeyValuePair.Create<string, object?>("NAME", name)];
}
