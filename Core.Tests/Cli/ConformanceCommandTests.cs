using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Cli;
using B24Otmechalka.Cli.Conformance;
using B24Otmechalka.Core.Otmechalka.Conformance;
using B24Otmechalka.Core.Tests.Otmechalka.Conformance;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class ConformanceCommandTests : IDisposable
{
    private const string Type = "6 КМС индивидуальные 45 мин";

    private readonly CliDriver cli = new();
    private readonly WrongStand stand;

    public ConformanceCommandTests()
    {
        stand = new WrongStand(cli.World.Time);
        cli.Stand = stand.CreateHandler;
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Conformance_NobodyToAsk_EndsWith2AndOneLine()
    {
        Assert.Equal(2, cli.Run("conformance", "--ticket-type", Type));

        Assert.Contains("--yes", Assert.Single(cli.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", cli.Output);
        Assert.Empty(stand.Store.Clients);
    }

    [Theory]
    [InlineData("y\n", 0, true)]
    [InlineData("Да\n", 0, true)]
    [InlineData("n\n", 130, false)]
    [InlineData("\n", 130, false)]
    [InlineData("", 130, false)]
    public void Conformance_APersonIsAsked_WritesOnlyWhenAllowed(string typed, int code, bool writes)
    {
        using var terminal = new CliDriver
        {
            IsTerminal = true,
            TypedText = typed,
            Stand = stand.CreateHandler,
        };

        Assert.Equal(code, terminal.Run("conformance", "--ticket-type", Type));

        Assert.Contains("b24sync-test-", terminal.Error, StringComparison.Ordinal);
        Assert.Contains(ConformanceOptions.NobodysPhone, terminal.Error, StringComparison.Ordinal);
        Assert.Equal(writes, stand.Store.ClientCount > 0);
    }

    [Fact]
    public void Conformance_WithOtmechalkasSettingsOnly_NeedsNothingElse()
    {
        cli.Write("local.settings.json", "{}");
        cli.Environment["Otmechalka__BaseUrl"] = "https://otmechalka.example.com";
        cli.Environment["Otmechalka__ApiKey"] = "sandbox-key";

        Assert.Equal(0, cli.Run("conformance", "--yes", "--json", "--ticket-type", Type, "--course", "10985", "--branchoffice", "2633"));
    }

    [Fact]
    public void Conformance_WithoutAnything_NamesAllThatIsMissing()
    {
        cli.Write("local.settings.json", "{}");

        Assert.Equal(2, cli.Run("conformance", "--yes", "--json"));

        Assert.Equal(
            ["--branchoffice", "--course", "--ticket-type", "Otmechalka__ApiKey", "Otmechalka__BaseUrl"],
            cli.Json["problems"]!.AsArray().Select(problem => (string)problem!["setting"]!).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("ru_RU.UTF-8", "Договор выполнен.")]
    [InlineData("en_US.UTF-8", "The contract is kept.")]
    [InlineData(null, "The contract is kept.")]
    public void Conformance_ToAPerson_SpeaksTheirLanguage(string? language, string says)
    {
        cli.Environment["LANG"] = language;

        Assert.Equal(0, cli.Run("conformance", "--yes", "--ticket-type", Type));

        Assert.Contains(says, cli.Output, StringComparison.Ordinal);
        Assert.Equal("", cli.Error);
    }

    [Fact]
    public void Conformance_WithFaults_ShowsTheWorstFirstWithWhatItMeans()
    {
        stand.Options.RejectDuplicates = false;
        stand.Options.UpdateKeepsAbsentValues = true;
        cli.Environment["LANG"] = "ru_RU.UTF-8";

        Assert.Equal(2, cli.Run("conformance", "--yes", "--ticket-type", Type));

        string[] order =
        [
            "Нарушено, опасно (4)",
            "Повтор создания сделал вторую запись",
            "значит",
            "Нарушено, терпимо (1)",
            "Как в договоре",
        ];
        var places = order.Select(text => cli.Output.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("client  b24sync-test-", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Conformance_SameFaultOfManyFields_IsToldOnceWithAllFields()
    {
        stand.After = (_, answer) =>
            answer.Body.Contains("Обязательное поле", StringComparison.Ordinal) ? answer with { Status = 500 } : answer;

        cli.Run("conformance", "--yes", "--ticket-type", Type);

        Assert.Matches(@"origin_id,\s+last_name,\s+first_name,\s+phone,\s+courses,\s+branchoffices,\s+gender", cli.Output);
    }

    [Fact]
    public void Conformance_AStandThatRepeatsTheKeyAndSendsControlCharacters_ShowsNeither()
    {
        stand.After = (_, answer) =>
            answer with
            {
                Body = answer.Body.Replace("поле", "\\u001b[31m sandbox-key", StringComparison.Ordinal),
            };

        cli.Run("conformance", "--yes", "--ticket-type", Type);

        Assert.DoesNotContain("sandbox-key", cli.Output + cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', cli.Output + cli.Error);
    }

    [Fact]
    public void Conformance_SomebodyElsesRecord_ShowsNothingOfIt()
    {
        stand.After = (request, answer) =>
            request.Method == "GET"
                ? SandboxResponse.Json(200, """{"id":1,"origin_id":"5","last_name":"Секретов","phone":"79265550199"}""")
                : answer;

        Assert.Equal(2, cli.Run("conformance", "--yes", "--ticket-type", Type));

        Assert.DoesNotContain("Секретов", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("79265550199", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Conformance_CancelledInTheMiddle_TellsWhatItHasCreated()
    {
        using var cancellation = new CancellationTokenSource();
        stand.After = (_, answer) =>
        {
            if (stand.Store.ClientCount == 2)
            {
                cancellation.Cancel();
            }

            return answer;
        };

        Assert.Equal(130, cli.Run(cancellation.Token, "conformance", "--yes", "--json", "--ticket-type", Type));

        Assert.Equal("cancelled", (string?)cli.Json["result"]);
        Assert.NotEmpty(cli.Json["created"]!.AsArray());
    }

    [Fact]
    public async Task Conformance_OverRealHttp_IsTheSame()
    {
        var real = new WrongStand(TimeProvider.System);
        real.Options.UpdateKeepsAbsentValues = true;
        await using var listener = await real.ListenAsync();
        using var output = new StringWriter();
        var context = new CliContext
        {
            Output = output,
            Error = TextWriter.Null,
            WorkingDirectory = cli.ApplicationFolder,
            ApplicationDirectory = cli.ApplicationFolder,
            Environment = new Dictionary<string, string?>
            {
                ["Otmechalka__BaseUrl"] = listener.Addresses[0].AbsoluteUri,
                ["Otmechalka__ApiKey"] = "sandbox-key",
            },
        };
        string[] args = ["conformance", "--yes", "--json", "--ticket-type", Type, "--course", "10985", "--branchoffice", "2633"];

        Assert.Equal(2, await CommandLine.RunAsync(args, context, CancellationToken.None));

        var checks = JsonNode.Parse(output.ToString())!["checks"]!.AsArray();
        Assert.Equal(["oldValueStays"], checks.Select(check => (string?)check!["deviation"]).OfType<string>());
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("")]
    public void Texts_OfEachCode_AreThere(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            Assert.All(Checks.All, code => Assert.NotEmpty(ConformanceStrings.Check(code)));
            Assert.All(
                Deviations.All,
                deviation =>
                {
                    Assert.NotEmpty(ConformanceStrings.Deviation(deviation.Code));
                    Assert.NotEmpty(ConformanceStrings.Meaning(deviation.Code));
                }
            );
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
