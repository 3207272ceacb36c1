using System.Globalization;
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

        Assert.DoesNotContain("79261234567", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Петров", cli.Output, StringComparison.Ordinal);
        Assert.Equal(("refused", 1), (Reason("HTTP 400", "outcome"), int.Parse(Reason("HTTP 400", "count"), CultureInfo.InvariantCulture)));
        Assert.Equal(("invalid", "9"), (Reason("format", "outcome"), Reason("format", "count")));
    }

    [Fact]
    public void Status_RecordsFailForAPerson_ShowsNameStatusAndAddressOfEachAndCountsReasons()
    {
        cli.World.Crms.Otmechalka.RefusalOf = (_, id) => id == "39558" ? new JsonObject { ["phone"] = "занят" } : null;
        cli.World.SyncContacts();

        cli.Run("status");

        var lines = cli.Output.ReplaceLineEndings("\n").Split('\n');
        var name = Array.FindIndex(
            lines,
            line => line.StartsWith("  Петров Василий, contact 39558 · since 2020-12-25", StringComparison.Ordinal)
        );
        Assert.Equal("    Отмечалка не приняла: телефон: занят", lines[name + 1]);
        Assert.Equal("    https://example.bitrix24.ru/crm/contact/details/39558/", lines[name + 2]);
        Assert.Contains("  2 × Не заполнено: имя ученика", lines);
        Assert.Contains("  1 × refused: the values were not taken (HTTP 400)", lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Status_NamesAreAskedForInJson_AreThere()
    {
        cli.World.SyncContacts();

        cli.Run("status", "--json", "--names");

        var patov = Job(0)["failing"]!.AsArray().Single(record => (string?)record!["id"] == "40011")!;
        Assert.Equal(
            ("Патов Игнат", "Патова Лариса", "Не заполнено: телефон"),
            ((string?)patov["pupil"], (string?)patov["parent"], (string?)patov["status"])
        );
    }

    [Fact]
    public void Status_MoreFailThanFitTheScreen_ShowsTheOldestAndAllOnDemand()
    {
        for (var i = 0; i < 30; i++)
        {
            cli.World.AddContact(("PHONE", null));
        }

        cli.World.SyncContacts();

        cli.Run("status");
        Assert.Contains("and 19 more: status --all shows them", cli.Output, StringComparison.Ordinal);
        Assert.Equal(20, Cards());

        cli.Run("status", "--all");
        Assert.Equal(39, Cards());

        int Cards() => cli.Output.Split("/crm/contact/details/").Length - 1;
    }

    [Fact]
    public void Status_BitrixIsDown_ShowsWhatTheLedgerKnows()
    {
        cli.World.SyncContacts();
        cli.World.Crms.Bitrix24Endpoint.FaultOf = _ => Fault.Refuse;

        Assert.Equal(3, cli.Run("status"));
        Assert.Contains("  contact 40011 · since 2020-12-25", cli.Output, StringComparison.Ordinal);
        Assert.Contains("  9 × filled in wrongly", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_APupilStandsTwice_IsShownWithBothCards()
    {
        cli.World.AddContact(
            (SampleFields.StudentLastName, "Пешкина"),
            (SampleFields.StudentFirstName, "Ия"),
            (SampleFields.Birthdate, "2012-03-04")
        );
        var second = cli.World.AddContact(
            (SampleFields.StudentLastName, "ПЕШКИНА"),
            (SampleFields.StudentFirstName, "Ия"),
            (SampleFields.Birthdate, "2012-03-04"),
            ("PHONE", "+7 926 000-00-01")
        );
        cli.World.SyncContacts();

        Assert.Equal(0, cli.Run("status", "--duplicates", "--json"));
        Assert.Equal(1, (int)cli.Json["cardsTooMany"]!);
        Assert.DoesNotContain("Пешкина", cli.Output, StringComparison.Ordinal);
        Assert.Equal(["True", "True"], cli.Json["pupils"]![0]!["cards"]!.AsArray().Select(card => $"{(bool)card!["delivered"]!}"));

        cli.Run("status", "--duplicates");
        Assert.Contains($"/crm/contact/details/{second}/", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Пешкина Ия", cli.Output, StringComparison.Ordinal);
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

    private string Reason(string code, string member) =>
        Job(0)["reasons"]!.AsArray().Single(reason => (string?)reason!["code"] == code)![member]!.ToString();

    private JsonNode Job(int index) => cli.Json["jobs"]![index]!;
}
