using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class StatusCommandTests : IDisposable
{
    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Status_NeverRun_SaysSoWithTheWholeBacklogAndWritesNothing()
    {
        var code = cli.Run("status", "--json");

        Assert.Equal(0, code);
        Assert.Null(Job(0)["checkpoint"]);
        Assert.Equal((23, 15), ((int)Job(0)["backlog"]!, (int)Job(1)["backlog"]!));
        Assert.Empty(cli.World.Table.Entities);

        cli.Run("status");
        Assert.Contains("none: it has not run yet", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_AfterARun_CountsOnlyWhatReallyWaits()
    {
        cli.World.SyncContacts();

        cli.Run("status", "--json");
        Assert.Equal(0, (int)Job(0)["backlog"]!); // our own status writes are no backlog

        cli.World.Contacts.Edit(39558, [KeyValuePair.Create(SampleFields.StudentFirstName, (object?)"Пётр")]);
        cli.World.Contacts.Edit(39910, [KeyValuePair.Create("POST", (object?)"not mapped")]);
        cli.Run("status", "--json");

        Assert.Equal(1, (int)Job(0)["backlog"]!);
        Assert.Equal(11, (int)cli.Json["knownClients"]!);
        Assert.Equal("2020-12-25T11:13:00+03:00", (string?)Job(0)["checkpoint"]);
    }

    [Fact]
    public void Status_RecordsFail_ListsThemWithReasonAndLink()
    {
        cli.World.Crms.Otmechalka.RefusalOf = (_, id) => id == "39558" ? new JsonObject { ["phone"] = "занят +79261234567" } : null;
        cli.World.SyncContacts();

        cli.Run("status", "--json");

        var failing = Job(0)["failing"]!.AsArray();
        Assert.Equal(10, failing.Count);
        var refused = failing.Single(record => (string?)record!["id"] == "39558")!;
        Assert.Equal(("refused", "HTTP 400", 1), ((string?)refused["outcome"], (string?)refused["code"], (int)refused["attempts"]!));
        Assert.Equal("https://example.bitrix24.ru/crm/contact/details/39558/", (string?)refused["link"]);
        Assert.NotNull(refused["nextTry"]);

        cli.Run("status");
        Assert.Matches(@"39558 +refused +.*HTTP 400", cli.Output);
        Assert.DoesNotContain("79261234567", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_ARunIsUnderWay_ShowsSinceWhenAndTakesNoLock()
    {
        cli.Lock(SyncJob.Contacts);

        var code = cli.Run("status", "--json");

        Assert.Equal(0, code);
        Assert.NotNull(Job(0)["lockedSince"]);
        Assert.Null(Job(1)["lockedSince"]);
    }

    [Fact]
    public void Status_MappingHasChanged_SaysSo()
    {
        cli.World.SyncContacts();

        cli.Run("status", "--json", "--set", "Mapping__Contact__Routes__0__BranchOffice=9999");

        Assert.True((bool)Job(0)["mappingChanged"]!);
        Assert.True((int)Job(0)["backlog"]! > 0);
    }

    [Fact]
    public void Status_Bitrix24IsDown_ShowsTheRestAndEndsWith3()
    {
        cli.World.SyncContacts();
        cli.World.Crms.Bitrix24Endpoint.FaultOf = _ => Fault.Refuse;

        var code = cli.Run("status", "--json");

        Assert.Equal(3, code);
        Assert.Null(Job(0)["backlog"]);
        Assert.Equal(11, (int)Job(0)["delivered"]!);
    }

    [Fact]
    public void Status_StorageIsDown_EndsWith3InOneLine()
    {
        cli.World.Table.OnCall = _ => throw new Azure.RequestFailedException(0, "secret");

        var code = cli.Run("status", "--json");

        Assert.Equal(3, code);
        Assert.Equal("storage is unavailable: no connection", cli.Error.Trim());
        Assert.Equal("storage is unavailable: no connection", (string?)cli.Json["error"]);
    }

    private JsonNode Job(int index) => cli.Json["jobs"]![index]!;
}
