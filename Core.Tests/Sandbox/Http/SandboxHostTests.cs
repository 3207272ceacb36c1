using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Http;

/// <summary>The same rules over real sockets.</summary>
public sealed class SandboxHostTests
{
    private readonly SandboxCrms crms = SampleData.Create(TimeProvider.System);

    [Fact]
    public async Task Host_BothCrms_AnswerOnPortsOfTheirOwn()
    {
        await using var host = await SandboxHost.StartAsync(crms);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Token sandbox-key");

        var list = await http.GetFromJsonAsync<JsonObject>(
            new Uri(host.WebhookUrl, "crm.contact.list.json?filter%5B%3EID%5D=39000&select[]=ID&order[ID]=ASC")
        );
        using var client = await http.GetAsync(new Uri(host.OtmechalkaUrl, "api/clients/39558/"));

        Assert.Equal("39558", (string?)list!["result"]![0]!["ID"]);
        Assert.Equal(404, (int)client.StatusCode);
        Assert.NotEqual(host.WebhookUrl.Port, host.OtmechalkaUrl.Port);
    }

    [Fact]
    public async Task Host_Post_KeepsRussianText()
    {
        await using var host = await SandboxHost.StartAsync(crms);
        using var http = new HttpClient();

        using var response = await http.PostAsJsonAsync(
            new Uri(host.WebhookUrl, "crm.contact.update"),
            new { id = 39558, fields = new { UF_CRM_SYNC_STATUS = "Успешно" } },
            JsonSerializerOptions.Default
        );

        Assert.Equal("Успешно", crms.Portal.Contacts.Text(39558, SampleFields.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_BrokenConnection_IsAnHttpRequestException(bool afterCommit)
    {
        await using var host = await SandboxHost.StartAsync(crms);
        using var http = new HttpClient();
        crms.Bitrix24Endpoint.FaultOf = _ => afterCommit ? Fault.DropAfterCommit : Fault.Refuse;

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync(new Uri(host.WebhookUrl, "crm.contact.update?id=39558&fields[POST]=x"))
        );

        Assert.Equal(afterCommit ? "x" : null, crms.Portal.Contacts.Text(39558, "POST"));
    }

    [Fact]
    public async Task Host_Hang_EndsWithTheCallersTimeout()
    {
        await using var host = await SandboxHost.StartAsync(crms);
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200) };
        crms.Bitrix24Endpoint.FaultOf = _ => Fault.Hang;

        await Assert.ThrowsAsync<TaskCanceledException>(() => http.GetAsync(new Uri(host.WebhookUrl, "scope")));
    }

    [Fact]
    public async Task Host_Tls_ServesThePortal()
    {
        crms.Portal.Options.RequireHttps = true;
        await using var host = await SandboxHost.StartAsync(crms, new SandboxPorts { Tls = true });
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == host.Certificate!.Thumbprint,
        };
        using var http = new HttpClient(handler);

        using var secure = await http.GetAsync(new Uri(host.SecureWebhookUrl, "scope"));
        using var plain = await http.GetAsync(new Uri(host.WebhookUrl, "scope"));

        Assert.Equal((200, 400), ((int)secure.StatusCode, (int)plain.StatusCode));
    }

    [Fact]
    public async Task Host_PortInUse_Throws()
    {
        await using var host = await SandboxHost.StartAsync(crms);

        await Assert.ThrowsAsync<IOException>(() => SandboxHost.StartAsync(crms, new SandboxPorts(host.WebhookUrl.Port)));
    }
}
