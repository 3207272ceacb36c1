using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>What the page's server refuses, over real HTTP.</summary>
[Collection(PageFixture.Name)]
public sealed class LoopbackGuardTests(PageFixture fixture) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = fixture.Address };

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task Get_HostThatOnlyPointsHere_IsRefused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "sandbox/api/state") { Headers = { Host = host } };

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public async Task Get_Loopback_IsServedAndConfined(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "") { Headers = { Host = $"{host}:{fixture.Address.Port}" } };

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("application/json", "https://evil.example")]
    [InlineData("application/json", "null")]
    public async Task Post_FromAnotherSite_ChangesNothing(string contentType, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sandbox/api/timers")
        {
            Content = new StringContent("""{"paused":true}""", Encoding.UTF8, contentType),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False((bool)(await http.GetFromJsonAsync<JsonObject>("sandbox/api/state"))!["timers"]!["paused"]!);
    }

    [Theory]
    [InlineData("sandbox/api/contacts/1", "{}", HttpStatusCode.NotFound)]
    [InlineData("sandbox/api/deals/1/clear-status", "{}", HttpStatusCode.NotFound)]
    [InlineData("sandbox/api/tickets/1/delete", "{}", HttpStatusCode.NotFound)]
    [InlineData("sandbox/api/contacts", "[", HttpStatusCode.BadRequest)]
    [InlineData("sandbox/api/jobs/users/run", "{}", HttpStatusCode.NotFound)]
    public async Task Post_WhatIsNotThere_IsNotFound(string path, string body, HttpStatusCode expected)
    {
        using var response = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(expected, response.StatusCode);
    }
}
