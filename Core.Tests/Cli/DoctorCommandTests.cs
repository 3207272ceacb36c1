using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class DoctorCommandTests
{
    [Fact]
    public void Doctor_AllIsRight_EndsWith0AndWritesNothing()
    {
        using var cli = new CliDriver();
        var statuses = cli.World.ContactStatus(39558);

        var code = cli.Run("doctor", "--json");

        Assert.Equal((0, "warning"), (code, (string?)cli.Json["result"]));
        Assert.Equal("rights", (string?)Assert.Single(Warnings(cli))["check"]); // the Sandbox's webhook is an administrator's
        Assert.Empty(cli.World.Table.Entities);
        Assert.Empty(Assert.Single(cli.ProbeTables).Entities);
        Assert.Empty(Writes(cli));
        Assert.Equal(statuses, cli.World.ContactStatus(39558));
    }

    [Fact]
    public void Doctor_Mapping_ShowsEachValueWithItsLabelAndWhereItGoes()
    {
        using var cli = new CliDriver();

        cli.Run("doctor");

        Assert.Contains("branch 12708 «Сколково»", cli.Output, StringComparison.Ordinal);
        Assert.Contains("branchoffice 2635", cli.Output, StringComparison.Ordinal);
        Assert.Contains("branch 186 «Гоголевский»", cli.Output, StringComparison.Ordinal);
        Assert.Contains("payment method 450 «Наличные»", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', cli.Output);
    }

    [Fact]
    public void Doctor_SettingsAreWrong_EachIsAFailureWithAdvice()
    {
        using var cli = new CliDriver();

        var code = cli.Run("doctor", "--json", "--set", "SYNC_START_DATE=", "--set", "Mapping__Deal__BranchOffices__186=");

        Assert.Equal(2, code);
        Assert.Equal(["SYNC_START_DATE", "Mapping__Deal__BranchOffices__186"], Failures(cli).Select(check => (string?)check["check"]));
        Assert.All(Failures(cli), check => Assert.NotNull(check["advice"]));
    }

    [Fact]
    public void Doctor_AMistypedName_IsAWarningWithTheNearest()
    {
        using var cli = new CliDriver();

        var code = cli.Run("doctor", "--json", "--set", "Otmechalka__Timeuot=00:00:10");

        Assert.Equal((0, "warning", ""), (code, (string?)cli.Json["result"], cli.Error));
        var warning = Warnings(cli)[0];
        Assert.Equal("Otmechalka__Timeuot", (string?)warning["check"]);
        Assert.EndsWith("Otmechalka__Timeout", (string?)warning["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Otmechalka__ApiKey=Zz9wrong", "otmechalka", 2)]
    [InlineData("Bitrix24__WebhookUrl=https://example.bitrix24.ru/rest/1/Zz9wrong/", "Bitrix24", 2)]
    public void Doctor_ASystemRefusesUs_IsAMatterOfSettings(string setting, string area, int expected)
    {
        using var cli = new CliDriver();

        var code = cli.Run("doctor", "--json", "--set", setting);

        Assert.Equal(expected, code);
        Assert.Equal([area], Failures(cli).Select(check => (string?)check["area"]).Distinct());
        Assert.DoesNotContain("Zz9wrong", cli.Output + cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bitrix24")]
    [InlineData("otmechalka")]
    [InlineData("storage")]
    public void Doctor_ASystemIsDown_EndsWith3AndTheOthersAreExamined(string area)
    {
        using var cli = new CliDriver();
        switch (area)
        {
            case "Bitrix24":
                cli.World.Crms.Bitrix24Endpoint.FaultOf = _ => Fault.Refuse;
                break;
            case "otmechalka":
                cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.BadGateway;
                break;
            default:
                cli.World.Table.OnCall = _ => throw new Azure.RequestFailedException(0, "no connection to https://account.example.com");
                break;
        }

        var code = cli.Run("doctor", "--json");

        Assert.Equal(3, code);
        Assert.Equal(area, (string?)Assert.Single(Failures(cli))["area"]);
        Assert.Equal(3, Checks(cli).Select(check => (string?)check["area"]).Intersect(["storage", "Bitrix24", "otmechalka"]).Count());
        Assert.DoesNotContain("account.example.com", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_LicenceOfOtmechalkaRanOut_EndsWith2AndNamesIt()
    {
        using var cli = new CliDriver();
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Answer(402, """{"detail":"Оплатите лицензию."}""");

        var code = cli.Run("doctor", "--json");

        Assert.Equal(2, code);
        Assert.Contains("licence", (string?)Assert.Single(Failures(cli))["advice"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"id":7001,"origin_id":"39558"}""")]
    public void Doctor_OtmechalkaAnswersWithSomethingElse_IsNotReachable(string body)
    {
        using var cli = new CliDriver();
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Answer(200, body);

        Assert.Equal(3, cli.Run("doctor", "--json"));
        Assert.Equal("otmechalka", (string?)Assert.Single(Failures(cli))["area"]);
    }

    [Fact]
    public void Doctor_WrongAddressOfOtmechalka_IsNotTakenForAnAcceptedKey()
    {
        using var cli = new CliDriver();
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Answer(404, "{}");

        var code = cli.Run("doctor", "--json");

        Assert.Equal(0, code);
        Assert.Contains("Otmechalka__BaseUrl", (string?)Check(cli, "key accepted")["advice"], StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_StatusFieldIsMissing_IsAFailureUntilItIsCreated()
    {
        using var cli = new CliDriver();
        string[] settings =
        [
            "--set",
            "Mapping__Contact__StatusField=UF_CRM_NEW_STATUS",
            "--set",
            "Mapping__Deal__StatusField=UF_CRM_NEW_STATUS",
        ];

        Assert.Equal(2, cli.Run(["doctor", "--json", .. settings]));
        Assert.Equal(
            ["Mapping__Contact__StatusField", "Mapping__Deal__StatusField"],
            Failures(cli).Select(check => (string?)check["check"])
        );
        Assert.Contains("--create-status-fields", (string?)Failures(cli)[0]["advice"], StringComparison.Ordinal);
        Assert.Empty(Writes(cli));

        Assert.Equal(0, cli.Run(["doctor", "--json", "--create-status-fields", .. settings]));
        Assert.Equal(["crm.contact.userfield.add", "crm.deal.userfield.add"], Writes(cli));
        var field = cli.World.Contacts.Schema.Find("UF_CRM_NEW_STATUS")!;
        Assert.Equal(("string", false, "Статус синхронизации"), (field.Type, field.Multiple, field.Label));

        Assert.Equal(0, cli.Run(["doctor", .. settings]));
    }

    [Fact]
    public void Doctor_StatusFieldMayNotBeCreated_SaysWhoMay()
    {
        using var cli = new CliDriver();
        cli.World.Portal.AddWebhook(cli.World.Crms.Webhook with { Admin = false });

        var code = cli.Run("doctor", "--json", "--create-status-fields", "--set", "Mapping__Contact__StatusField=UF_CRM_NEW_STATUS");

        Assert.Equal(2, code);
        Assert.Contains("administrator", (string?)Assert.Single(Failures(cli))["advice"], StringComparison.Ordinal);
        Assert.Equal("ok", (string?)Check(cli, "rights")["result"]);
    }

    [Theory]
    [InlineData("Mapping__Contact__StudentLastNameField=UF_CRM_NONE", "Mapping__Contact__StudentLastNameField", "failure")]
    [InlineData("Mapping__Contact__StatusField=UF_CRM_1607943642X", "Mapping__Contact__StatusField", "failure")]
    [InlineData("Mapping__Contact__StudentLastNameField=UF_CRM_1470852549", "Mapping__Contact__StudentLastNameField", "failure")]
    [InlineData("Mapping__Contact__BirthdateField=UF_CRM_57AD7FAF7E6C4", "Mapping__Contact__BirthdateField", "warning")]
    [InlineData("Mapping__Deal__PaymentMethodField=UF_CRM_1470852549", "Mapping__Deal__PaymentMethodField", "failure")]
    [InlineData("Mapping__Deal__BranchField=UF_CRM_1490347942", "Mapping__Deal__BranchField", "warning")]
    [InlineData("Mapping__Contact__Routes__1__Product=999", "Mapping__Contact__ProductField", "failure")]
    [InlineData("Mapping__Deal__CashPaymentMethods__0=999", "Mapping__Deal__PaymentMethodField", "failure")]
    public void Doctor_AFieldIsNotWhatItShouldBe_IsToldByItsSetting(string setting, string expected, string result)
    {
        using var cli = new CliDriver();

        cli.Run("doctor", "--json", "--set", setting);

        Assert.Contains(Checks(cli), check => (string?)check["check"] == expected && (string?)check["result"] == result);
    }

    [Theory]
    [InlineData(new[] { "crm" }, "missing: user_brief", 2)]
    [InlineData(new[] { "user_brief" }, "missing: crm", 2)]
    [InlineData(new[] { "crm", "user", "task" }, "more than needed: task", 0)]
    public void Doctor_Scopes_AreComparedWithWhatIsNeeded(string[] scopes, string detail, int expected)
    {
        using var cli = new CliDriver();
        cli.World.Portal.AddWebhook(cli.World.Crms.Webhook with { Scopes = scopes });

        var code = cli.Run("doctor", "--json");

        Assert.Equal(expected, code);
        Assert.Contains(Checks(cli), check => (string?)check["detail"] == detail);
    }

    [Fact]
    public void Doctor_PortalIgnoresOffsets_IsFoundOut()
    {
        using var cli = new CliDriver();
        cli.World.Crms.Bitrix24Endpoint.FaultOf = IgnoreOffsets;

        var code = cli.Run("doctor", "--json");

        Assert.Equal(0, code); // the portal's offset is that of the start date
        Assert.StartsWith("offsets are ignored", (string?)Check(cli, "date filters")["detail"], StringComparison.Ordinal);
        Assert.Equal(2, cli.Run("doctor", "--set", "SYNC_START_DATE=2020-12-20T00:00:00+05:00"));

        // Contacts changed since 14 hours later, if the offset is not heeded: none.
        static Fault? IgnoreOffsets(SandboxRequest request) =>
            request.Body.Contains("+14:00", StringComparison.Ordinal) || request.Body.Contains("\\u002B14:00", StringComparison.Ordinal)
                ? Fault.Answer(200, """{"result":[],"total":0}""")
                : null;
    }

    [Fact]
    public void Doctor_EmptyPortal_WarnsThatFiltersCouldNotBeTried()
    {
        using var cli = new CliDriver(World.Empty());

        var code = cli.Run("doctor", "--json");

        Assert.Equal((0, "warning"), (code, (string?)Check(cli, "date filters")["result"]));
    }

    [Fact]
    public void Doctor_ARunIsUnderWay_IsAWarning()
    {
        using var cli = new CliDriver();
        cli.Lock(SyncJob.Deals);

        var code = cli.Run("doctor", "--json");

        Assert.Equal((0, "warning"), (code, (string?)Check(cli, "lock of DEAL_SYNC_JOB")["result"]));
        Assert.Equal("ok", (string?)Check(cli, "lock of CONTACT_SYNC_JOB")["result"]);
    }

    [Fact]
    public void Doctor_OnlyTheWebhookIsSet_ExaminesBitrix24AndAdvisesOnEachOfTheRest()
    {
        using var cli = new CliDriver();
        string[] missing =
        [
            "Otmechalka__ApiKey",
            "SYNC_START_DATE",
            "AzureWebJobsStorage",
            "Mapping__Contact__Routes__1__Courses__0",
            "Mapping__Contact__Routes__2__BranchOffice",
            "Mapping__Deal__BranchOffices__186",
            "Mapping__Deal__StatusField",
        ];

        var code = cli.Run(["doctor", "--json", .. missing.SelectMany(name => new[] { "--set", name + "=" })]);

        Assert.Equal(2, code);
        Assert.Equal(missing.Order(), Failures(cli).Select(check => (string?)check["check"]).Order());
        Assert.Equal(missing.Length, Failures(cli).Select(check => (string?)check["advice"]).Distinct().Count());
        Assert.Equal("ok", (string?)Check(cli, "webhook")["result"]);
        Assert.Equal("ok", (string?)Check(cli, "Mapping__Contact__ProductField")["result"]);
        Assert.DoesNotContain(Checks(cli), check => (string?)check["area"] is "otmechalka" or "storage");
        Assert.Contains("«Групповые занятия»", Advice("Mapping__Contact__Routes__1__Courses__0"), StringComparison.Ordinal);
        Assert.Contains("(Сколково)", Advice("Mapping__Contact__Routes__2__BranchOffice"), StringComparison.Ordinal);

        string Advice(string setting) => (string)Check(cli, setting)["advice"]!;
    }

    [Fact]
    public void Doctor_Storage_IsNamed()
    {
        using var cli = new CliDriver();

        cli.Run("doctor", "--json");

        Assert.Contains("table B24Otmechalka", (string?)Check(cli, "reachable")["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_TwoStorages_WarnsWhichIsTaken()
    {
        using var cli = new CliDriver();

        cli.Run("doctor", "--json", "--set", "AzureWebJobsStorage__accountName=another");

        Assert.Equal("warning", (string?)Check(cli, "AzureWebJobsStorage__accountName")["result"]);
    }

    [Fact]
    public void Doctor_SettingsThatOthersCanRead_AreAWarning()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no file modes
        }

        using var cli = new CliDriver();
        File.SetUnixFileMode(Path.Combine(cli.Folder, "local.settings.json"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        cli.Run("doctor", "--json");

        Assert.Contains("chmod 600", (string?)Check(cli, "local.settings.json")["advice"], StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_OnATerminal_IsColoured()
    {
        using var cli = new CliDriver { IsTerminal = true };

        cli.Run("doctor");

        Assert.Contains('\u001b', cli.Output);
        Assert.Contains("╭", cli.Output, StringComparison.Ordinal);
    }

    private static List<JsonNode> Checks(CliDriver cli) => [.. cli.Json["checks"]!.AsArray().Select(check => check!)];

    private static JsonNode Check(CliDriver cli, string name) => Checks(cli).Last(check => (string?)check["check"] == name);

    private static List<JsonNode> Warnings(CliDriver cli) => [.. Checks(cli).Where(check => (string?)check["result"] == "warning")];

    private static List<JsonNode> Failures(CliDriver cli) => [.. Checks(cli).Where(check => (string?)check["result"] == "failure")];

    private static IEnumerable<string> Writes(CliDriver cli) =>
        cli
            .World.Crms.Bitrix24Endpoint.Traffic.Commands.Keys.Concat(cli.World.Crms.OtmechalkaEndpoint.Traffic.Commands.Keys)
            .Where(name =>
                name.Contains("update", StringComparison.Ordinal)
                || name.Contains("add", StringComparison.Ordinal)
                || name.StartsWith("POST", StringComparison.Ordinal)
            );
}
