using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>What is meant is taken, however it is written; what is not understood gets the nearest that is.</summary>
public sealed class ForgivenessTests : IDisposable
{
    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("sync contact")]
    [InlineData("preview contacts 39558")]
    [InlineData("preview deals 96294")]
    [InlineData("retry contacts 39558")]
    [InlineData("reconcile deal")]
    [InlineData("rewind contact --to 20.12.2020")]
    [InlineData("rewind contacts --to 20.12.2020")]
    public void Command_SingularAndPlural_AreBothTaken(string call)
    {
        cli.World.SyncContacts();

        Assert.Equal(0, cli.Run(call.Split(' ')));
    }

    [Theory]
    [InlineData("20.12.2020", "2020-12-20T00:00:00+03:00")]
    [InlineData("1.9.2020", "2020-09-01T00:00:00+03:00")]
    [InlineData("20.12.2020 9:54", "2020-12-20T09:54:00+03:00")]
    [InlineData("2020-12-20", "2020-12-20T00:00:00+03:00")]
    public void Rewind_DatesAsPeopleWriteThem_AreMoscowTime(string typed, string expected)
    {
        cli.World.SyncContacts();

        Assert.Equal(0, cli.Run("rewind", "contacts", "--to", typed, "--json"));
        Assert.Equal(expected, (string?)cli.Json["to"]);
    }

    [Fact]
    public void Rewind_All_SetsBothBackOrSaysWhichCannotBe()
    {
        cli.World.SyncContacts();

        Assert.Equal(2, cli.Run("rewind", "all", "--to", "2020-12-20", "--json"));
        Assert.Equal("CONTACT_SYNC_JOB", (string?)Assert.Single(cli.Json["jobs"]!.AsArray())!["job"]);
        Assert.Contains("DEAL_SYNC_JOB has not run yet", cli.Error, StringComparison.Ordinal);

        cli.Run("sync", "all");
        Assert.Equal(0, cli.Run("rewind", "all", "--to", "2020-12-20", "--json"));
        Assert.Equal(2, cli.Json["jobs"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("sttaus", "status")]
    [InlineData("docter", "doctor")]
    [InlineData("setpu", "setup")]
    [InlineData("status --jsn", "--json")]
    [InlineData("sync all --wacth", "--watch")]
    public void Command_Mistyped_NamesTheNearestInOneLine(string call, string nearest)
    {
        Assert.Equal(2, cli.Run(call.Split(' ')));
        Assert.Contains($"did you mean {nearest}?", cli.Error.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(2, cli.Error.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("sync contacts")]
    [InlineData("preview contact 39558")]
    [InlineData("reconcile contacts")]
    public void Command_WrongToken_EndsWith2AndSaysThatTheWebhookIsRefused(string call)
    {
        cli.Environment["Bitrix24__WebhookUrl"] = "https://example.bitrix24.ru/rest/1/wrong/";

        Assert.Equal(2, cli.Run(call.Split(' ')));
        Assert.Contains("refuses the webhook", cli.Output + cli.Error, StringComparison.Ordinal);
    }

    /// <summary>These may end without the operator's doing: a command that repeats itself has to go on.</summary>
    [Theory]
    [InlineData(402, """{"error":"PAYMENT_REQUIRED","error_description":"x"}""", true)]
    [InlineData(401, """{"error":"ACCESS_DENIED","error_description":"x"}""", true)]
    [InlineData(403, """{"error":"OVERLOAD_LIMIT","error_description":"x"}""", true)]
    [InlineData(401, """{"detail":"x"}""", false)]
    [InlineData(402, """{"detail":"x"}""", false)]
    [InlineData(403, """{"detail":"x"}""", false)]
    public void Sync_AnotherRefusal_EndsWith3(int status, string body, bool isBitrix24)
    {
        var endpoint = isBitrix24 ? cli.World.Crms.Bitrix24Endpoint : cli.World.Crms.OtmechalkaEndpoint;
        endpoint.FaultOf = _ => Fault.Answer(status, body);

        Assert.Equal(3, cli.Run("sync", "contacts"));
    }

    [Fact]
    public void Set_OfASecret_IsAWarningWithoutIt()
    {
        cli.Run("status", "--set", "Otmechalka__ApiKey=" + cli.World.Crms.ApiKey);

        Assert.Contains("--set shows Otmechalka__ApiKey", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.World.Crms.ApiKey, cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    public void Help_OfEveryCommand_FitsEightyColumns(string language)
    {
        foreach (var command in new[] { "", "sync", "setup", "doctor", "preview", "why", "status", "retry", "rewind", "reconcile" })
        {
            Assert.Equal(0, cli.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help", "--lang", language]));
            Assert.All(cli.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        }
    }
}
