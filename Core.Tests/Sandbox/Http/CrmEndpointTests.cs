using B24Otmechalka.Core.Tests.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Http;

public sealed class CrmEndpointTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public CrmEndpointTests() => driver.AddContacts(3);

    public void Dispose() => driver.Dispose();

    private CrmEndpoint Endpoint => driver.Crms.Bitrix24Endpoint;

    private string? Status => driver.Portal.Contacts.Text(1, SampleFields.Status);

    [Fact]
    public async Task Refuse_IsNoConnection()
    {
        Endpoint.FaultOf = _ => Fault.Refuse;

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => driver.WriteStatusAsync(1, "x"));

        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
        Assert.Null(Status);
    }

    [Fact]
    public async Task DropBeforeCommit_DoesNothing()
    {
        Endpoint.FaultOf = _ => Fault.DropBeforeCommit;

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => driver.WriteStatusAsync(1, "x"));

        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.Null(Status);
    }

    [Fact]
    public async Task DropAfterCommit_DoesItAndLosesTheAnswer()
    {
        Endpoint.FaultOf = request => request.Operation == "crm.contact.update" ? Fault.DropAfterCommit : null;

        await Assert.ThrowsAsync<HttpRequestException>(() => driver.WriteStatusAsync(1, "x"));

        Assert.Equal("x", Status);
        Assert.Equal(200, (await driver.GetAsync("crm.contact.get?id=1")).Status);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "x")]
    public async Task Hang_EndsOnlyByCancelling(bool afterCommit, string? status)
    {
        Endpoint.FaultOf = _ => afterCommit ? Fault.HangAfterCommit : Fault.Hang;
        using var http = new HttpClient(driver.Crms.CreateHandler());
        using var cancellation = new CancellationTokenSource();

        var running = http.GetAsync(
            new Uri(driver.Crms.WebhookUrl, $"crm.contact.update?id=1&fields[{SampleFields.Status}]=x"),
            cancellation.Token
        );
        driver.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(running.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(status, Status);
    }

    [Fact]
    public async Task Delay_WaitsThenGoesOn()
    {
        Endpoint.FaultOf = _ => Fault.Delay(TimeSpan.FromSeconds(5));

        var running = driver.WriteStatusAsync(1, "x");
        driver.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(Status);
        driver.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(200, (await running).Status);
        Assert.Equal("x", Status);
    }

    [Fact]
    public async Task Answer_ReplacesTheCrm()
    {
        Endpoint.FaultOf = _ => Fault.Answer(302, "", "text/html", ("Location", "https://new.example.com/"));
        using var http = new HttpClient(driver.Crms.CreateHandler());

        using var response = await http.GetAsync(new Uri(driver.Crms.WebhookUrl, "scope"));

        Assert.Equal((302, "https://new.example.com/"), ((int)response.StatusCode, response.Headers.Location?.OriginalString));

        Endpoint.FaultOf = _ => Fault.BadGateway;
        var answer = await driver.GetAsync("scope");
        Assert.Equal(502, answer.Status);
        Assert.StartsWith("<html>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnRequest_EditsJustInBetween()
    {
        Endpoint.OnRequest = request =>
        {
            if (request.Operation == "crm.contact.update")
            {
                driver.Portal.Contacts.Edit(1, [KeyValuePair.Create<string, object?>("NAME", "правка")]);
            }
        };

        await driver.WriteStatusAsync(1, "x");

        Assert.Equal("правка", driver.Portal.Contacts.Text(1, "NAME"));
    }

    [Fact]
    public async Task Traffic_CountsRequestsCommandsAndTime()
    {
        string[] commands = ["crm.contact.update?id=1&fields[POST]=x", "crm.contact.update?id=2&fields[POST]=x", "crm.contact.get?id=3"];
        await driver.PostAsync("batch", new { cmd = commands });
        await driver.GetAsync("crm.contact.list?start=-1");
        Endpoint.FaultOf = _ => Fault.Answer(503);
        await driver.GetAsync("crm.contact.list");

        var traffic = Endpoint.Traffic;
        Assert.Equal(
            (3, 4, 2, 1, 1),
            (traffic.Requests, traffic.TotalCommands, traffic.Of("crm.contact.update"), traffic.RateLimited, traffic.Faults)
        );
        Assert.Equal(TimeSpan.FromMilliseconds(120 + 120 + 25 + 150), traffic.ServerTime);

        Endpoint.Reset();
        Assert.Equal(0, Endpoint.Traffic.Requests);
        Assert.Empty(Endpoint.Journal.Entries);
    }

    [Fact]
    public async Task Journal_HasNoToken()
    {
        await driver.PostAsync("batch", new { cmd = new { a = "crm.contact.update?id=1&fields[POST]=x" } });

        var entry = Assert.Single(Endpoint.Journal.Entries);
        Assert.Equal(("batch", "POST", "/rest/1/***/batch", 200), (entry.Operation, entry.Method, entry.Path, entry.Status));
        Assert.Equal("crm.contact.update 1", Assert.Single(entry.Commands).ToString());
        Assert.Contains("cmd", entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_Capacity_KeepsTheLatest()
    {
        Endpoint.Journal.Capacity = 1;
        await driver.GetAsync("scope");
        await driver.GetAsync("server.time");

        Assert.Equal("server.time", Assert.Single(Endpoint.Journal.Entries).Operation);
    }
}
