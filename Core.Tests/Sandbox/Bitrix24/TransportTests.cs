using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class TransportTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public TransportTests() => driver.AddContacts(3);

    public void Dispose() => driver.Dispose();

    [Theory]
    [InlineData("crm.contact.list?filter[>ID]=1&select[]=ID&order[ID]=DESC")]
    [InlineData("crm.contact.list.json?filter%5B%3EID%5D=1&select%5B%5D=ID&order%5BID%5D=DESC")]
    [InlineData("CRM.Contact.List.json?FILTER[>ID]=1&SELECT[0]=ID&ORDER[ID]=desc")]
    [InlineData("crm.contact.list?Filter[>ID]=1&Select[]=ID&Order[ID]=DESC")]
    public async Task Get_NestedQuery_IsRead(string call)
    {
        var answer = await driver.GetAsync(call);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["3", "2"], answer.Ids);
    }

    [Fact]
    public async Task Post_Json_IsRead()
    {
        var answer = await driver.PostAsync(
            "crm.contact.list",
            new { filter = new Dictionary<string, object> { [">ID"] = 1 }, select = (string[])["ID"] }
        );

        Assert.Equal(["2", "3"], answer.Ids);
    }

    [Fact]
    public async Task Post_Form_IsRead()
    {
        var answer = await driver.PostTextAsync("crm.contact.list", "filter%5B%3EID%5D=1&select[]=ID", "application/x-www-form-urlencoded");

        Assert.Equal(["2", "3"], answer.Ids);
    }

    [Theory]
    [InlineData("{\"filter\": {\"ID\": 1}", "application/json")]
    [InlineData("{\"filter\": {\"ID\": 1}}", "text/plain")]
    public async Task Post_BodyThatIsNotJson_IsEmpty(string body, string contentType)
    {
        var answer = await driver.PostTextAsync("crm.contact.list", body, contentType);

        Assert.Equal(3, answer.Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Post_BodyAndQuery_BodyWins()
    {
        var answer = await driver.PostAsync("crm.contact.get?id=1", new { id = 2 });

        Assert.Equal("2", answer.Result.GetProperty("ID").GetString());
    }

    [Fact]
    public async Task Parameters_StartInUpperCase_IsIgnored()
    {
        for (var id = 4; id <= 60; id++)
        {
            driver.Portal.Contacts.Add([], id);
        }

        Assert.Equal("1", (await driver.GetAsync("crm.contact.list?START=50")).Ids.First());
        Assert.Equal("51", (await driver.GetAsync("crm.contact.list?start=50")).Ids.First());
    }

    [Fact]
    public async Task Answer_HasPhpStyleJson()
    {
        driver.Portal.Contacts.Edit(1, new Dictionary<string, object?> { ["NAME"] = "Имя/\"х\"" });

        var answer = await driver.GetAsync("crm.contact.get?ID=1");

        Assert.Contains("\"NAME\":\"\\u0418\\u043c\\u044f\\/\\\"\\u0445\\\"\"", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Имя/\"х\"", answer.Result.GetProperty("NAME").GetString());
    }

    [Fact]
    public async Task Answer_Time_IsInTheServersZone()
    {
        driver.Options.ServerOffset = TimeSpan.FromHours(2);

        var time = (await driver.GetAsync("crm.contact.get?id=1")).Json.GetProperty("time");

        Assert.Equal("2026-03-01T11:00:00+02:00", time.GetProperty("date_start").GetString());
        Assert.Equal(PortalDriver.Start.ToUnixTimeSeconds(), time.GetProperty("start").GetDouble());
        Assert.Equal(0.025, time.GetProperty("operating").GetDouble());
        Assert.Equal(PortalDriver.Start.AddMinutes(10).ToUnixTimeSeconds(), time.GetProperty("operating_reset_at").GetInt64());
        Assert.Equal(
            time.GetProperty("finish").GetDouble() - time.GetProperty("start").GetDouble(),
            time.GetProperty("duration").GetDouble(),
            0.002
        );
    }

    [Fact]
    public async Task Error_HasNeitherResultNorTime()
    {
        var answer = await driver.GetAsync("crm.contact.get?id=99");

        Assert.Equal(400, answer.Status);
        Assert.Equal(["error", "error_description"], answer.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task UnknownMethod_WrongToken_IsFoundFirst()
    {
        var answer = await driver.GetUriAsync(new Uri(driver.Crms.WebhookUrl, "/rest/1/wrong/crm.contact.lst"));

        Assert.Equal((404, "ERROR_METHOD_NOT_FOUND"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData(ErrorEdition.A, 401, "NO_AUTH_FOUND")]
    [InlineData(ErrorEdition.B, 401, "INVALID_CREDENTIALS")]
    internal async Task WrongToken_ByEdition_IsRefused(ErrorEdition edition, int status, string code)
    {
        driver.Options.ErrorEdition = edition;

        var answer = await driver.GetUriAsync(new Uri(driver.Crms.WebhookUrl, "/rest/1/wrong/scope"));

        Assert.Equal((status, code), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData(ErrorEdition.A, 403)]
    [InlineData(ErrorEdition.B, 401)]
    internal async Task MissingScope_ByEdition_IsRefused(ErrorEdition edition, int status)
    {
        driver.Options.ErrorEdition = edition;
        driver.Portal.AddWebhook(new Webhook(1, "narrow") { Scopes = ["user_brief"] });

        var answer = await driver.GetUriAsync(new Uri(driver.Crms.WebhookUrl, "/rest/1/narrow/crm.contact.list"));

        Assert.Equal((status, "insufficient_scope"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData(PortalBlock.Overload, 503, "OVERLOAD_LIMIT")]
    [InlineData(PortalBlock.NoCommercialPlan, 403, "ACCESS_DENIED")]
    [InlineData(PortalBlock.Deleted, 500, "PORTAL_DELETED")]
    internal async Task Block_OfThePortal_IsAnsweredToAll(PortalBlock block, int status, string code)
    {
        driver.Options.Block = block;

        var answer = await driver.GetAsync("server.time");

        Assert.Equal((status, code), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task DismissedOwner_IsAnAuthorisationError()
    {
        driver.Portal.AddWebhook(driver.Crms.Webhook with { OwnerActive = false });

        Assert.Equal("authorization_error", (await driver.GetAsync("scope")).Error);
    }

    [Fact]
    public async Task PlainHttp_WhereHttpsIsRequired_IsRefused()
    {
        driver.Options.RequireHttps = true;
        var plain = new UriBuilder(driver.Crms.WebhookUrl) { Scheme = "http", Port = 80 }.Uri;

        Assert.Equal("INVALID_REQUEST", (await driver.GetUriAsync(new Uri(plain, "scope"))).Error);
        Assert.Equal(200, (await driver.GetAsync("scope")).Status);
    }
}
