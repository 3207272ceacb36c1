using System.Text.Json;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class BatchTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public BatchTests() => driver.AddContacts(60);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Batch_NamedCommands_AnswerByName()
    {
        var batch = await BatchAsync(
            new()
            {
                ["a"] = "crm.contact.update?id=1&fields[NAME]=x",
                ["b"] = "crm.contact.update?id=99&fields[NAME]=x",
                ["c"] = "crm.contact.list",
            }
        );

        Assert.True(batch.GetProperty("result").GetProperty("a").GetBoolean());
        Assert.Equal(
            "Contact is not found",
            batch.GetProperty("result_error").GetProperty("b").GetProperty("error_description").GetString()
        );
        Assert.Equal(60, batch.GetProperty("result_total").GetProperty("c").GetInt32());
        Assert.Equal(50, batch.GetProperty("result_next").GetProperty("c").GetInt32());
        Assert.Equal(["a", "c"], batch.GetProperty("result_time").EnumerateObject().Select(time => time.Name));
        Assert.Equal(0.12, batch.GetProperty("result_time").GetProperty("a").GetProperty("operating").GetDouble());
    }

    [Fact]
    public async Task Batch_EmptyMaps_ArePrintedAsLists()
    {
        var batch = await BatchAsync(new() { ["a"] = "crm.contact.update?id=99&fields[NAME]=x" });

        foreach (var member in (string[])["result", "result_total", "result_next", "result_time"])
        {
            Assert.Equal("[]", batch.GetProperty(member).GetRawText());
        }

        batch = await BatchAsync(new() { ["a"] = "server.time" });
        Assert.Equal("[]", batch.GetProperty("result_error").GetRawText());
    }

    [Fact]
    public async Task Batch_NumericKeys_PrintListOrObject()
    {
        var answer = await driver.PostAsync("batch", new { cmd = (string[])["server.time", "crm.contact.get?id=99", "server.time"] });

        Assert.Equal(JsonValueKind.Object, answer.Result.GetProperty("result").ValueKind);
        Assert.Equal(JsonValueKind.Object, answer.Result.GetProperty("result_error").ValueKind);

        answer = await driver.PostAsync("batch", new { cmd = (string[])["server.time", "server.time"] });
        Assert.Equal(JsonValueKind.Array, answer.Result.GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task Batch_MoreThanFifty_SurplusFailsOneByOne()
    {
        var batch = await BatchAsync(
            Enumerable.Range(1, 52).ToDictionary(id => $"c{id}", id => $"crm.contact.update?id={id}&fields[POST]=x")
        );

        Assert.Equal(50, batch.GetProperty("result").EnumerateObject().Count());
        Assert.Equal(["c51", "c52"], batch.GetProperty("result_error").EnumerateObject().Select(error => error.Name));
        Assert.Equal("ERROR_BATCH_LENGTH_EXCEEDED", batch.GetProperty("result_error").GetProperty("c52").GetProperty("error").GetString());
        Assert.Null(driver.Portal.Contacts.Text(51, "POST"));
    }

    [Fact]
    public async Task Batch_InsideBatch_IsRefused()
    {
        var batch = await BatchAsync(new() { ["a"] = "batch?cmd[x]=server.time", ["b"] = "no.such.method" });

        Assert.Equal("ERROR_BATCH_METHOD_NOT_ALLOWED", batch.GetProperty("result_error").GetProperty("a").GetProperty("error").GetString());
        Assert.Equal("ERROR_METHOD_NOT_FOUND", batch.GetProperty("result_error").GetProperty("b").GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public async Task Batch_Halt_StopsAtTheFirstError(int halt, bool last)
    {
        var answer = await driver.PostAsync(
            "batch",
            new
            {
                halt,
                cmd = new
                {
                    a = "crm.contact.update?id=1&fields[POST]=x",
                    b = "crm.contact.get?id=99",
                    c = "crm.contact.update?id=2&fields[POST]=x",
                },
            }
        );

        Assert.Equal("x", driver.Portal.Contacts.Text(1, "POST"));
        Assert.Equal(last, answer.Result.GetProperty("result").TryGetProperty("c", out _));
        Assert.False(answer.Result.GetProperty("result_error").TryGetProperty("c", out _));
    }

    [Fact]
    public async Task Batch_Reference_TakesAnEarlierResult()
    {
        var batch = await BatchAsync(
            new()
            {
                ["l"] = "crm.contact.list?filter[ID]=7",
                ["g"] = "crm.contact.get?id=$result[l][0][ID]",
                ["n"] = "crm.contact.get?id=$result[nothing][ID]",
            }
        );

        Assert.Equal("7", batch.GetProperty("result").GetProperty("g").GetProperty("ID").GetString());
        Assert.Equal(
            "ID is not defined or invalid.",
            batch.GetProperty("result_error").GetProperty("n").GetProperty("error_description").GetString()
        );
    }

    [Theory]
    [InlineData(false, "цена 7 и ")]
    [InlineData(true, "цена 7 и $result[x]")]
    public async Task Batch_ReferenceInOurText_IsReplacedAlthoughEncoded(bool stays, string text)
    {
        driver.Options.UnresolvedReferencesStay = stays;
        var status = Uri.EscapeDataString("цена $result[g][ID] и $result[x]");

        await BatchAsync(
            new() { ["g"] = "crm.contact.get?id=7", ["u"] = $"crm.contact.update?id=1&fields[{SampleFields.Status}]={status}" }
        );

        Assert.Equal(text, driver.Portal.Contacts.Text(1, SampleFields.Status));
    }

    [Fact]
    public async Task Batch_RawHash_CutsTheCommand()
    {
        await BatchAsync(
            new() { ["a"] = "crm.contact.update?id=1&fields[POST]=one#two", ["b"] = "crm.contact.update?id=2&fields[POST]=one%23two" }
        );

        Assert.Equal("one", driver.Portal.Contacts.Text(1, "POST"));
        Assert.Equal("one#two", driver.Portal.Contacts.Text(2, "POST"));
    }

    [Fact]
    public async Task Batch_ByGet_IsEncodedTwice()
    {
        var command = Uri.EscapeDataString("crm.contact.update?id=1&fields[POST]=" + Uri.EscapeDataString("а & б"));

        var answer = await driver.GetAsync($"batch.json?halt=0&cmd[a]={command}");

        Assert.True(answer.Result.GetProperty("result").GetProperty("a").GetBoolean());
        Assert.Equal("а & б", driver.Portal.Contacts.Text(1, "POST"));
    }

    [Fact]
    public async Task Batch_LongerThanAMinute_IsCutOff()
    {
        driver.Options.Latency = new LatencyModel { Update = TimeSpan.FromSeconds(2) };

        var commands = Enumerable.Range(1, 50).ToDictionary(id => $"c{id}", id => $"crm.contact.update?id={id}&fields[POST]=x");

        var answer = await driver.PostAsync("batch", new { cmd = commands });

        Assert.Equal(504, answer.Status);
        Assert.Equal("x", driver.Portal.Contacts.Text(31, "POST"));
        Assert.Null(driver.Portal.Contacts.Text(32, "POST"));
    }

    private async Task<JsonElement> BatchAsync(Dictionary<string, string> cmd)
    {
        var answer = await driver.PostAsync("batch", new { halt = 0, cmd });
        Assert.Equal(200, answer.Status);
        return answer.Result;
    }
}
