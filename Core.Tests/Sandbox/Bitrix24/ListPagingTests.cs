using B24Otmechalka.Sandbox.Bitrix24;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class ListPagingTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public ListPagingTests() => driver.AddContacts(120);

    public void Dispose() => driver.Dispose();

    [Theory]
    [InlineData("", 1, 50, 50)]
    [InlineData("&start=0", 1, 50, 50)]
    [InlineData("&start=50", 51, 50, 100)]
    [InlineData("&start=77", 51, 50, 100)]
    [InlineData("&start=100", 101, 20, null)]
    public async Task List_Start_IsRoundedDownToAPage(string start, int first, int rows, int? next)
    {
        var answer = await driver.GetAsync("crm.contact.list?select[]=ID" + start);

        Assert.Equal(Enumerable.Range(first, rows).Select(id => $"{id}"), answer.Ids);
        Assert.Equal(120, answer.Json.GetProperty("total").GetInt32());
        Assert.Equal(next, answer.Json.TryGetProperty("next", out var found) ? found.GetInt32() : null);
    }

    [Fact]
    public async Task List_StartMinusOne_CountsNothing()
    {
        var answer = await driver.GetAsync("crm.contact.list?start=-1&filter[>ID]=60&order[ID]=ASC");

        Assert.Equal(Enumerable.Range(61, 50).Select(id => $"{id}"), answer.Ids);
        Assert.Equal(0, answer.Json.GetProperty("total").GetInt32());
        Assert.False(answer.Json.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 50)]
    public async Task List_StartPastTheEnd_IsEmptyOrTheFirstPage(bool first, int rows)
    {
        driver.Options.PagePastEndIsFirst = first;

        Assert.Equal(rows, (await driver.GetAsync("crm.contact.list?start=150")).Ids.Count());
    }

    [Fact]
    public async Task List_Counting_TakesLonger()
    {
        var latency = driver.Options.Latency;

        var counted = (await driver.GetAsync("crm.contact.list")).Json.GetProperty("time").GetProperty("duration").GetDouble();
        var uncounted = (await driver.GetAsync("crm.contact.list?start=-1")).Json.GetProperty("time").GetProperty("duration").GetDouble();

        Assert.Equal((latency.List + latency.Counting).TotalSeconds, counted);
        Assert.Equal(latency.List.TotalSeconds, uncounted);
    }

    [Fact]
    public async Task List_RowsMoveBetweenPages_AreSkipped()
    {
        const string page = "crm.contact.list?order[DATE_MODIFY]=ASC&order[ID]=ASC&start=";
        var first = await driver.GetAsync(page + "0");

        driver.Time.Advance(TimeSpan.FromHours(1));
        foreach (var id in first.Ids)
        {
            await driver.WriteStatusAsync(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), "Успешно");
        }

        Assert.Equal("101", (await driver.GetAsync(page + "50")).Ids.First());
    }

    [Fact]
    public async Task List_DefaultOrder_IsIdAscendingByNumber() =>
        Assert.Equal(["1", "2", "3"], (await driver.GetAsync("crm.contact.list")).Ids.Take(3));

    [Fact]
    public async Task List_SeveralOrderKeys_AreAppliedInTurn()
    {
        driver.Portal.Contacts.Edit(5, [KeyValuePair.Create<string, object?>("LAST_NAME", "Я")]);
        driver.Portal.Contacts.Edit(7, [KeyValuePair.Create<string, object?>("LAST_NAME", "Я")]);

        var answer = await driver.GetAsync("crm.contact.list?order[LAST_NAME]=DESC&order[ID]=DESC");

        Assert.Equal(["7", "5", "120"], answer.Ids.Take(3));
    }

    [Fact]
    public async Task List_OrderIsNoArray_IsRefused()
    {
        var answer = await driver.GetAsync("crm.contact.list?order=ID");

        Assert.Equal((400, "", "Parameter 'order' must be array."), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task Portal_ManyRows_FindsAPageWithoutAScan()
    {
        using var driver = new PortalDriver(new Bitrix24PortalOptions());
        driver.AddContacts(100_000);
        var filter =
            $"filter[>%3DDATE_MODIFY]={Uri.EscapeDataString(PortalDriver.Start.AddSeconds(500).ToString("yyyy-MM-ddTHH:mm:sszzz", null))}";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        for (var last = 50_000; last < 60_000; last += 50)
        {
            var answer = await driver.GetAsync($"crm.contact.list?start=-1&{filter}&filter[>ID]={last}&order[ID]=ASC&select[]=ID");
            Assert.Equal($"{last + 1}", answer.Ids.First());
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"200 pages took {watch.Elapsed}.");
    }
}
