using System.Text.Json.Nodes;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>From an empty folder to settings that the doctor finds right.</summary>
public sealed class SetupCommandTests : IDisposable
{
    private const string Storage = "UseDevelopmentStorage=true";

    private readonly CliDriver cli = new();

    public SetupCommandTests() => cli.Empty();

    private string[] Right =>
        [
            Webhook,
            .. Enumerable.Repeat("", 4), // fields and lists are right
            "20.12.2020",
            "yes",
            Otmechalka,
            cli.World.Crms.ApiKey,
            "10987",
            "10988",
            "2634",
            "", // the same courses for the other branch
            "",
            "2635",
            "",
            "",
            Storage,
        ];

    private string[] AllOptions =>
        [
            .. new Dictionary<string, string>
            {
                ["Bitrix24__WebhookUrl"] = Webhook,
                ["Otmechalka__BaseUrl"] = Otmechalka,
                ["Otmechalka__ApiKey"] = cli.World.Crms.ApiKey,
                ["AzureWebJobsStorage"] = Storage,
                ["SYNC_START_DATE"] = "2020-12-20",
                ["Mapping__Contact__Routes__1__Courses__0"] = "10987",
                ["Mapping__Contact__Routes__1__Courses__1"] = "10988",
                ["Mapping__Contact__Routes__2__Courses__0"] = "10987",
                ["Mapping__Contact__Routes__2__Courses__1"] = "10988",
                ["Mapping__Contact__Routes__1__BranchOffice"] = "2634",
                ["Mapping__Contact__Routes__2__BranchOffice"] = "2635",
                ["Mapping__Deal__BranchOffices__186"] = "2634",
                ["Mapping__Deal__BranchOffices__12706"] = "2635",
            }.SelectMany(pair => new[] { "--set", $"{pair.Key}={pair.Value}" }),
        ];

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Setup_RightAnswers_MakeSettingsThatTheDoctorFindsRight()
    {
        Type(Right);

        Assert.Equal(0, cli.Run("setup"));

        Assert.Empty(cli.Typed);
        Assert.Contains("the webhook's user is Служба Интеграция", cli.Output, StringComparison.Ordinal);
        Assert.Contains("taken: 23 contacts and 15 deals", cli.Output, StringComparison.Ordinal);
        Assert.Equal(2, cli.Output.Split("/crm/contact/details/").Length - 1);
        Assert.Single(cli.Output.Split("/crm/deal/details/").Skip(1));
        Assert.Equal("UF_CRM_SYNC_STATUS", (string?)StoredMapping["Deal"]!["StatusField"]);
        Assert.Contains("// 404 «Обучение шахматам»", cli.Read("mapping.json"), StringComparison.Ordinal);
        Assert.Equal(0, cli.Run("doctor"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(cli.Folder, "local.settings.json"))
            );
        }
    }

    [Fact]
    public void Setup_WrongAnswersInBetween_AreAskedForAgain()
    {
        Type("example.bitrix24.ru", Webhook.Replace("/rest/1/", "/rest/2/", StringComparison.Ordinal), "perhaps", "");
        Type(Right[0], "99", "", "", "", "", "32.12.2020", "20.12.2020", "no", "01.01.2030", "no", "20.12.2020", "");
        Type(Right[7], "wrong", "", "", Right[8], "10 987");
        Type(Right[9..]);

        Assert.Equal(0, cli.Run("setup"));

        Assert.Empty(cli.Typed);
        Assert.Contains("refuses the webhook", cli.Output, StringComparison.Ordinal);
        Assert.Contains("expected an empty line, or a number from 1 to 6", cli.Output, StringComparison.Ordinal);
        Assert.Contains("taken: 0 contacts and 0 deals", cli.Output, StringComparison.Ordinal);
        Assert.Contains("refuses the key", cli.Output, StringComparison.Ordinal);
        Assert.Contains("stands inside the value", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.World.Crms.ApiKey, cli.Output + cli.Error, StringComparison.Ordinal);
        Assert.Equal(0, cli.Run("doctor"));
    }

    [Fact]
    public void Setup_OneFieldChosenTwice_IsAskedForAgain()
    {
        Type(Right[0], "3", "UF_CRM_57AD7FAF7E6C4", "", "3", "UF_CRM_1608028374");
        Type(Right[1..]);

        Assert.Equal(0, cli.Run("setup"));

        Assert.Empty(cli.Typed);
        Assert.Single(cli.Output.Split("UF_CRM_57AD7FAF7E6C4 stands in lines 2 and 3").Skip(1));
        Assert.Equal(0, cli.Run("doctor"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    public void Setup_InputEndsEarlier_KeepsTheAnswersAndAsksForTheRestLater(int answers)
    {
        Type(Right[..answers]);

        Assert.Equal(2, cli.Run("setup"));
        Assert.Equal(Webhook, (string?)LocalSettings["Bitrix24__WebhookUrl"]);

        Assert.Equal(0, cli.Run(["setup", "--yes", .. AllOptions]));
    }

    [Fact]
    public void Setup_AllAsOptions_NeedsNobody()
    {
        Assert.Equal(0, cli.Run(["setup", "--yes", .. AllOptions]));

        Assert.Equal(cli.World.Crms.ApiKey, (string?)LocalSettings["Otmechalka__ApiKey"]);
        Assert.Contains("--set shows Otmechalka__ApiKey", cli.Error, StringComparison.Ordinal);
        Assert.Equal(0, cli.Run("doctor"));
    }

    [Fact]
    public void Setup_NobodyAnswers_ListsWhatIsMissing()
    {
        Assert.Equal(2, cli.Run("setup", "--json"));

        var missing = cli.Json["missing"]!.AsArray().Select(name => (string?)name).ToList();
        Assert.Contains("Bitrix24__WebhookUrl", missing);
        Assert.Contains("Mapping__Contact__Routes__1__Courses__0", missing);
    }

    [Fact]
    public void Setup_SecondTime_ChangesNothing()
    {
        Type(Right);
        cli.Run("setup");
        var (settings, mapping) = (cli.Read("local.settings.json"), cli.Read("mapping.json"));

        Assert.Equal(0, cli.Run("setup", "--yes"));

        Assert.Equal((settings, mapping), (cli.Read("local.settings.json"), cli.Read("mapping.json")));
    }

    [Fact]
    public void Setup_NoStatusFields_CreatesThemWhenToldAndSaysHowByHandElse()
    {
        Type(Webhook);
        cli.World.Contacts.Schema.Remove("UF_CRM_SYNC_STATUS");
        cli.World.Deals.Schema.Remove("UF_CRM_SYNC_STATUS");

        cli.Run("setup");
        Assert.Contains("By hand: CRM", cli.Output, StringComparison.Ordinal);

        cli.Run("setup", "--yes", "--create-status-fields");
        Assert.Equal("Статус синхронизации", cli.World.Contacts.Schema.Find("UF_CRM_SYNC_STATUS")!.Label);
        Assert.Equal("UF_CRM_SYNC_STATUS", (string?)StoredMapping["Contact"]!["StatusField"]);
    }

    [Fact]
    public void Setup_WrongOption_StoresNothing()
    {
        Assert.Equal(2, cli.Run("setup", "--yes", "--set", "SYNC_START_DATE=tomorrow"));

        Assert.Contains("SYNC_START_DATE: expected a date", cli.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(cli.Folder, "local.settings.json")));
    }

    [Fact]
    public void Setup_MappingFromElsewhere_IsRefused()
    {
        cli.Environment["MAPPING_FILE"] = "other.json";

        Assert.Equal(2, cli.Run("setup"));
        Assert.StartsWith("MAPPING_FILE takes the mapping from somewhere else", cli.Error, StringComparison.Ordinal);
    }

    private string Webhook => cli.World.Crms.WebhookUrl.AbsoluteUri;

    private string Otmechalka => cli.World.Crms.OtmechalkaUrl.AbsoluteUri;

    private JsonNode LocalSettings => Parse("local.settings.json")["Values"]!;

    private JsonNode StoredMapping => Parse("mapping.json")["Mapping"]!;

    private JsonNode Parse(string file) =>
        JsonNode.Parse(cli.Read(file), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;

    private void Type(params string[] answers) => answers.ToList().ForEach(cli.Typed.Enqueue);
}
