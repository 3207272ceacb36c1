using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Data;
using Microsoft.Extensions.Time.Testing;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

/// <summary>An answer of the portal: the status, the text as sent, and the same parsed.</summary>
internal sealed record PortalAnswer(int Status, string Text)
{
    public JsonElement Json { get; } = Text.StartsWith('{') ? JsonDocument.Parse(Text).RootElement : default;

    public JsonElement Result => Json.GetProperty("result");

    public string? Error => Json.GetProperty("error").GetString();

    public string? Description => Json.GetProperty("error_description").GetString();

    /// <summary>The IDs of a list's rows, in order.</summary>
    public IEnumerable<string> Ids => Result.EnumerateArray().Select(row => row.GetProperty("ID").GetString()!);
}

/// <summary>Speaks HTTP with an in-process portal that has the school's fields and no records.</summary>
internal sealed class PortalDriver : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(3));

    private readonly HttpClient http;

    public PortalDriver(Bitrix24PortalOptions? options = null)
    {
        Crms = SampleData.CreateEmpty(Time, options);
        http = new HttpClient(Crms.CreateHandler());
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public SandboxCrms Crms { get; }

    public Bitrix24Portal Portal => Crms.Portal;

    public Bitrix24PortalOptions Options => Crms.Portal.Options;

    /// <summary>Adds contacts with the IDs 1 to <paramref name="count"/>, a second apart.</summary>
    public void AddContacts(int count)
    {
        for (var id = 1; id <= count; id++)
        {
            Portal.Contacts.Add(new Dictionary<string, object?> { ["NAME"] = $"Имя {id}" }, id, Start, Start.AddSeconds(id));
        }
    }

    public Task<PortalAnswer> GetAsync(string call) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Crms.WebhookUrl, call)));

    public Task<PortalAnswer> PostAsync(string method, object parameters) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(Crms.WebhookUrl, method))
            {
                Content = JsonContent.Create(parameters, options: JsonSerializerOptions.Default),
            }
        );

    public Task<PortalAnswer> PostTextAsync(string method, string body, string contentType) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(Crms.WebhookUrl, method))
            {
                Content = new StringContent(body, Encoding.UTF8, contentType),
            }
        );

    public Task<PortalAnswer> GetUriAsync(Uri address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Writes a contact's status as the service does.</summary>
    public Task<PortalAnswer> WriteStatusAsync(long id, string text) =>
        PostAsync("crm.contact.update", new { id, fields = new Dictionary<string, string> { [SampleFields.Status] = text } });

    public void Dispose() => http.Dispose();

    private async Task<PortalAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await http.SendAsync(request))
        {
            return new PortalAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }
}
