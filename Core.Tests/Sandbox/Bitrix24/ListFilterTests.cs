using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class ListFilterTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public ListFilterTests()
    {
        Add(1, "Анна", "79265550101", 404);
        Add(2, "Борис", null, 404, 410);
        Add(3, "Вера", "79265550103");
    }

    public void Dispose() => driver.Dispose();

    [Theory]
    [InlineData("filter[ID]=2", "2")]
    [InlineData("filter[%3DID]=2", "2")]
    [InlineData("filter[!ID]=2", "1,3")]
    [InlineData("filter[!%3DID]=2", "1,3")]
    [InlineData("filter[>ID]=2", "3")]
    [InlineData("filter[>%3DID]=2", "2,3")]
    [InlineData("filter[<ID]=2", "1")]
    [InlineData("filter[<%3DID]=2", "1,2")]
    [InlineData("filter[@ID][]=3&filter[@ID][]=1&filter[@ID][]=77", "1,3")]
    [InlineData("filter[ID][]=3&filter[ID][]=1", "1,3")]
    [InlineData("filter[!@ID][]=3&filter[!@ID][]=1", "2")]
    [InlineData("filter[NAME]=анна", "1")]
    [InlineData("filter[%25NAME]=Р", "2,3")]
    [InlineData("filter[!%25NAME]=р", "1")]
    [InlineData("filter[%3D%25NAME]=%25а", "1,3")]
    [InlineData("filter[%25%3DNAME]=А%25", "1")]
    [InlineData("filter[PHONE]=79265550103", "3")]
    [InlineData("filter[%25PHONE]=7926", "1,2,3")]
    [InlineData("filter[UF_CRM_58D15BB9CA8F4]=410", "2")]
    [InlineData("filter[UF_CRM_58D15BB9CA8F4]=", "3")]
    [InlineData("filter[>ID]=1&filter[<ID]=3", "2")]
    [InlineData("filter[UF_CRM_MISSPELT]=1", "1,2,3")]
    [InlineData("filter[name]=x", "1,2,3")]
    [InlineData("filter[logic]=OR&filter[ID]=1", "1")]
    public async Task Filter_ByKey_Selects(string filter, string ids) =>
        Assert.Equal(ids, string.Join(',', (await driver.GetAsync("crm.contact.list?" + filter)).Ids));

    [Theory]
    [InlineData(">=", "2026-03-01T12:00:02+03:00", "2,3")]
    [InlineData(">", "2026-03-01T12:00:02+03:00", "3")]
    [InlineData("<=", "2026-03-01T12:00:02+03:00", "1,2")]
    [InlineData("<", "2026-03-01T12:00:02+03:00", "1")]
    [InlineData("", "2026-03-01T12:00:02+03:00", "2")]
    [InlineData(">=", "2026-03-01T09:00:02Z", "2,3")]
    [InlineData(">=", "2026-03-01T09:00:02.999Z", "2,3")]
    [InlineData(">=", "2026-03-01T14:00:02+0500", "2,3")]
    [InlineData(">=", "2026-03-01T12:00:02", "2,3")]
    [InlineData(">=", "2026-03-01 12:00:02", "2,3")]
    [InlineData(">=", "01.03.2026 12:00:02", "2,3")]
    [InlineData(">=", "2026-03-01", "1,2,3")]
    [InlineData(">=", "2026-03-02", "")]
    [InlineData(">=", "tomorrow or so", "1,2,3")]
    [InlineData(">=", "2026-13-45T00:00:00+03:00", "1,2,3")]
    public async Task Filter_ByTime_HonoursTheOffset(string prefix, string value, string ids)
    {
        var answer = await driver.GetAsync(
            $"crm.contact.list?filter[{Uri.EscapeDataString(prefix)}DATE_MODIFY]={Uri.EscapeDataString(value)}"
        );

        Assert.Equal(ids, string.Join(',', answer.Ids));
    }

    [Fact]
    public async Task Filter_PlusNotEncoded_DropsTheCondition() =>
        Assert.Equal(3, (await driver.GetAsync("crm.contact.list?filter[>DATE_MODIFY]=2026-03-01T12:00:02+03:00")).Ids.Count());

    [Fact]
    public async Task Filter_TimeWithoutOffset_IsInTheServersZone()
    {
        driver.Options.ServerOffset = TimeSpan.FromHours(2);

        Assert.Equal(["2", "3"], (await driver.GetAsync("crm.contact.list?filter[>%3DDATE_MODIFY]=2026-03-01T11:00:02")).Ids);
    }

    [Fact]
    public async Task Filter_ByDateCreate_Selects() =>
        Assert.Empty((await driver.GetAsync("crm.contact.list?filter[>DATE_CREATE]=2026-03-01T12:00:00")).Ids);

    [Fact]
    public async Task Filter_DealsByStageAndMeaning_Selects()
    {
        foreach (var (id, stage) in (ReadOnlySpan<(int, string)>)[(1, "NEW"), (2, "WON"), (3, "C1:WON"), (4, "LOSE")])
        {
            driver.Portal.Deals.Add([KeyValuePair.Create<string, object?>("STAGE_ID", stage)], id);
        }

        Assert.Equal(["2"], (await driver.GetAsync("crm.deal.list?filter[STAGE_ID]=WON")).Ids);
        Assert.Equal(["2", "3"], (await driver.GetAsync("crm.deal.list?filter[STAGE_SEMANTIC_ID]=S")).Ids);
        Assert.Equal(["2", "3", "4"], (await driver.GetAsync("crm.deal.list?filter[CLOSED]=Y")).Ids);
    }

    [Fact]
    public async Task Filter_IsNoArray_IsRefused()
    {
        var answer = await driver.GetAsync("crm.deal.list?filter=1");

        Assert.Equal((400, "", "Parameter 'filter' must be array."), (answer.Status, answer.Error, answer.Description));
    }

    private void Add(int id, string name, string? phone, params int[] products) =>
        driver.Portal.Contacts.Add(
            new Dictionary<string, object?>
            {
                ["NAME"] = name,
                ["PHONE"] = phone,
                [SampleFields.Product] = products,
            },
            id,
            PortalDriver.Start,
            PortalDriver.Start.AddSeconds(id)
        );
}
