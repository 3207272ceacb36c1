using B24Otmechalka.Sandbox.Bitrix24.Limits;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class LimitTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public LimitTests() => driver.AddContacts(1);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task RateLimit_Burst_RefusesAndLeaks()
    {
        driver.Options.RateLimit = RateLimit.Usual;
        for (var request = 0; request < 51; request++)
        {
            Assert.Equal(200, (await driver.GetAsync("server.time")).Status);
        }

        var refused = await driver.GetAsync("server.time");
        Assert.Equal((503, "QUERY_LIMIT_EXCEEDED"), (refused.Status, refused.Error));

        driver.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await driver.GetAsync("server.time")).Status);
        Assert.Equal(200, (await driver.GetAsync("server.time")).Status);
        Assert.Equal(503, (await driver.GetAsync("server.time")).Status);
        Assert.Equal(2, driver.Crms.Bitrix24Endpoint.Traffic.RateLimited);
    }

    [Fact]
    public async Task RateLimit_RefusedRequests_CanCount()
    {
        driver.Options.RateLimit = new RateLimit(1, 1);
        driver.Options.RefusedRequestsCount = true;
        for (var request = 0; request < 6; request++)
        {
            await driver.GetAsync("server.time");
        }

        driver.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(503, (await driver.GetAsync("server.time")).Status);
    }

    [Fact]
    public async Task RateLimit_Batch_IsOneRequest()
    {
        driver.Options.RateLimit = new RateLimit(0, 1);

        var answer = await driver.PostAsync("batch", new { cmd = Enumerable.Repeat("server.time", 10) });

        Assert.Equal(10, answer.Result.GetProperty("result").GetArrayLength());
        Assert.Equal(503, (await driver.GetAsync("server.time")).Status);
    }

    [Fact]
    public async Task Operating_OverTheLimit_BlocksThatMethodOnly()
    {
        driver.Options.OperatingLimit = TimeSpan.FromSeconds(0.2);

        Assert.Equal(200, (await driver.WriteStatusAsync(1, "a")).Status);
        Assert.Equal(200, (await driver.WriteStatusAsync(1, "b")).Status);
        var refused = await driver.WriteStatusAsync(1, "c");

        Assert.Equal((429, "OPERATION_TIME_LIMIT"), (refused.Status, refused.Error));
        Assert.Equal(200, (await driver.GetAsync("crm.contact.get?id=1")).Status);
    }

    [Fact]
    public async Task Operating_Buckets_FallOutOneByOne()
    {
        driver.Options.OperatingLimit = TimeSpan.FromSeconds(0.2);
        await driver.WriteStatusAsync(1, "a");
        driver.Time.Advance(TimeSpan.FromMinutes(3));
        var answer = await driver.WriteStatusAsync(1, "b");

        var time = answer.Json.GetProperty("time");
        Assert.Equal(0.24, time.GetProperty("operating").GetDouble());
        Assert.Equal(PortalDriver.Start.AddMinutes(10).ToUnixTimeSeconds(), time.GetProperty("operating_reset_at").GetInt64());

        driver.Time.Advance(TimeSpan.FromMinutes(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(429, (await driver.WriteStatusAsync(1, "c")).Status);
        driver.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await driver.WriteStatusAsync(1, "c")).Status);
        Assert.Equal(429, (await driver.WriteStatusAsync(1, "d")).Status);
    }

    [Fact]
    public async Task Operating_InsideABatch_IsAResultError()
    {
        driver.Options.OperatingLimit = TimeSpan.FromSeconds(0.1);

        var answer = await driver.PostAsync(
            "batch",
            new
            {
                cmd = new
                {
                    a = "crm.contact.update?id=1&fields[POST]=a",
                    b = "crm.contact.update?id=1&fields[POST]=b",
                    c = "server.time",
                },
            }
        );

        Assert.Equal(200, answer.Status);
        Assert.Equal("OPERATION_TIME_LIMIT", answer.Result.GetProperty("result_error").GetProperty("b").GetProperty("error").GetString());
        Assert.Equal(["a", "c"], answer.Result.GetProperty("result").EnumerateObject().Select(result => result.Name));
        Assert.Equal(0, answer.Json.GetProperty("time").GetProperty("operating").GetDouble());
    }

    [Fact]
    public async Task Latency_Waited_TakesThePortalsTime()
    {
        driver.Options.WaitForLatency = true;

        var running = driver.GetAsync("crm.contact.list");
        Assert.False(running.IsCompleted);
        await AdvanceUntilDoneAsync(running);

        Assert.Equal(200, (await running).Status);
    }

    private async Task AdvanceUntilDoneAsync(Task running)
    {
        for (var step = 0; step < 100 && !running.IsCompleted; step++)
        {
            driver.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
