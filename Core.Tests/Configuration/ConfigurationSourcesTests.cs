using System.Text;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Infra;
using B24Otmechalka.Core.Tests.Testing;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Configuration;

public sealed class ConfigurationSourcesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("b24sync-").FullName;
    private readonly Dictionary<string, string?> environment = [];

    public ConfigurationSourcesTests() => Directory.CreateDirectory(Path.Combine(folder, "app"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Gather_EverySourceHasIt_TheLaterWins()
    {
        Write("local.settings.json", """{ "Values": { "A__X": "local", "A__Y": "local", "A__Z": "local", "A__W": "local" } }""");
        Write("mapping.json", """{ "A": { "X": "mapping", "Y": "mapping", "Z": "mapping", "V": "mapping" } }""");
        environment["A__X"] = "environment";
        environment["A__Y"] = "environment";

        var settings = Gather("A__X=set");

        Assert.Equal(
            ("set", "environment", "local", "local", "mapping"),
            (settings["A:X"], settings["A:Y"], settings["A:Z"], settings["A:W"], settings["A:V"])
        );
    }

    /// <summary>What stands in mapping, local settings and environment, and what holds.</summary>
    [Theory]
    [InlineData("", "local", null, "local")]
    [InlineData("mapping", "", null, "mapping")]
    [InlineData("mapping", " \u00A0\uFEFF", "", "mapping")]
    [InlineData("mapping", "local", "", "local")]
    [InlineData("mapping", "", "environment", "environment")]
    [InlineData("", "", "", "")]
    public void Gather_EmptyValues_HideNothing(string mapping, string local, string? inEnvironment, string expected)
    {
        Write("local.settings.json", $$"""{ "Values": { "Mapping__Contact__StatusField": "{{local}}" } }""");
        Write("mapping.json", $$"""{ "Mapping": { "Contact": { "StatusField": "{{mapping}}" } } }""");
        if (inEnvironment is not null)
        {
            environment["Mapping__Contact__StatusField"] = inEnvironment;
        }

        Assert.Equal(expected, Gather()["Mapping:Contact:StatusField"]);
        Assert.Equal("", Gather("Mapping__Contact__StatusField=")["Mapping:Contact:StatusField"]);
    }

    [Fact]
    public void Examine_FilesOrTheirValuesInTheEnvironment_MeanTheSame()
    {
        var all = TestSettings
            .Complete(new Uri("https://example.bitrix24.ru/rest/1/token/"), new Uri("https://otmechalka.example.com/"), "key")
            .ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value!);
        all["Mapping__Contact__Routes__1__Courses__0"] = "777";
        all["Mapping__Deal__Stages__0"] = "";
        Write("mapping.json", File.ReadAllText(Repository.At("mapping.json")));
        Write("local.settings.json", "\uFEFF" + System.Text.Json.JsonSerializer.Serialize(new { Values = all }));
        var files = Examine(readsLocalSettings: true);

        all.ToList().ForEach(pair => environment[pair.Key] = pair.Value);
        var asTheToolsDo = Examine(readsLocalSettings: false);

        Assert.Equal(TestSettings.Text(files.OrThrow()), TestSettings.Text(asTheToolsDo.OrThrow()));
        Assert.Equal(("777", "WON"), (files.Settings!.Contact.Routes[1].Courses[0], files.Settings.Deal.Stages[0]));
    }

    [Fact]
    public void Gather_MappingWithCommentsAndLists_IsReadByPath()
    {
        Write(
            "mapping.json",
            """
            {
              // what the school sells
              "Mapping": { "Contact": { "Routes": [ { "Product": "410", "Courses": ["1", "2"], } ] } }
            }
            """
        );

        Assert.Equal("2", Gather()["Mapping:Contact:Routes:0:Courses:1"]);
    }

    [Fact]
    public void Gather_NoFilesHere_ThoseBesideTheApplicationAreRead()
    {
        Write("app/local.settings.json", """{ "Values": { "A": "1" } }""");
        Write("app/mapping.json", """{ "B": "2" }""");

        var settings = Gather();

        Assert.Equal(("1", "2"), (settings["A"], settings["B"]));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("environment")]
    [InlineData("set")]
    public void Gather_MappingFileIsNamed_ItIsReadInsteadOfTheOther(string where)
    {
        Write("local.settings.json", where == "local" ? """{ "Values": { "MAPPING_FILE": "other.json" } }""" : "{}");
        Write("mapping.json", """{ "B": "usual" }""");
        Write("other.json", """{ "B": "other" }""");
        environment["MAPPING_FILE"] = where == "environment" ? "other.json" : null;

        Assert.Equal("other", Gather(where == "set" ? ["MAPPING_FILE=other.json"] : [])["B"]);
    }

    [Fact]
    public void Gather_NamedMappingFileIsMissing_NamesTheSetting()
    {
        var problem = Problem("MAPPING_FILE=none.json");

        Assert.Equal("MAPPING_FILE", problem.Setting);
        Assert.Contains("there is no such file", problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local.settings.json", "{\n \"Values\": {\n  \"Key\": secret\n } }", 3)]
    [InlineData("mapping.json", "{\n \"Mapping\": [1,\n", 3)]
    public void Gather_BrokenFile_IsToldByNameAndLineWithoutContents(string file, string text, int line)
    {
        Write(file, text);

        var problem = Problem();

        Assert.Contains(file, problem.Problem, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"line {line}"), problem.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local.settings.json", """{ "IsEncrypted": true, "Values": {} }""", "encrypted")]
    [InlineData("local.settings.json", """{ "Values": [] }""", "Values")]
    [InlineData("local.settings.json", """{ "Values": { "A": { "B": "1" } } }""", "A: expected a text")]
    [InlineData("local.settings.json", "[]", "JSON object")]
    [InlineData("mapping.json", "[]", "JSON object")]
    [InlineData("mapping.json", """{ "A": "1", "a": "2" }""", "twice: a")]
    [InlineData("mapping.json", """{ "A": "1", " A": "2" }""", "twice: A")]
    [InlineData("mapping.json", """{ "A": { "B": "1" }, "A": { "B": "2" } }""", "twice: A__B")]
    [InlineData(
        "mapping.json",
        """{ "Mapping": { "Deal": { "BranchOffices": { "186": "1", "186\u00A0": "2" } } } }""",
        "twice: Mapping__Deal__BranchOffices__186"
    )]
    [InlineData("mapping.json", "", "not valid JSON")]
    [InlineData("mapping.json", "\uFEFF", "not valid JSON")]
    [InlineData("mapping.json", "null", "JSON object")]
    [InlineData("mapping.json", "{} {}", "not valid JSON")]
    [InlineData("mapping.json", """{ "A": "\ud800" }""", "not valid JSON")]
    [InlineData("mapping.json", """{ "\udc00": "A" }""", "not valid JSON")]
    [InlineData("local.settings.json", """{ "Values": { "A": "1", "A": "2" } }""", "twice: A")]
    [InlineData("local.settings.json", """{ "Values": { "A__B": "1", "A:B": "2" } }""", "twice: A__B")]
    [InlineData("local.settings.json", """{ "Values": null }""", "Values")]
    [InlineData("local.settings.json", """{ "Values": { "A": ["1"] } }""", "A: expected a text")]
    public void Gather_FileOfAnotherShape_IsAConfigurationError(string file, string text, string problem)
    {
        Write(file, text);

        Assert.Contains(problem, Problem().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Gather_NumbersAndTruthValuesInLocalSettings_AreTheirText()
    {
        Write("local.settings.json", """{ "Values": { "A": 5, "B": true } }""");

        var settings = Gather();

        Assert.Equal(("5", "true"), (settings["A"], settings["B"]));
    }

    [Fact]
    public void Gather_ValueWithEqualsSigns_IsKeptWhole() => Assert.Equal("b=c==", Gather("A=b=c==")["A"]);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Gather_FilesWithAByteOrderMark_AreRead(string encoding)
    {
        File.WriteAllText(
            Path.Combine(folder, "mapping.json"),
            """{ /* comment */ "B": "Гоголевский", }""",
            Encoding.GetEncoding(encoding)
        );
        File.WriteAllText(Path.Combine(folder, "local.settings.json"), """{ "Values": { "A": "1", } }""", Encoding.GetEncoding(encoding));

        var settings = Gather();

        Assert.Equal(("1", "Гоголевский"), (settings["A"], settings["B"]));
    }

    [Fact]
    public void Gather_MappingJson_StandsInForTheFile()
    {
        Write("mapping.json", """{ "B": "file", "C": "file" }""");
        environment["MAPPING_JSON"] = "\uFEFF{ \"B\": \"text\" /* of the environment */, }";

        var settings = Gather();

        Assert.Equal(("text", null), (settings["B"], settings["C"]));
    }

    [Fact]
    public void Examine_MappingFileAndMappingJson_TheFileIsTakenAndTheOtherIsToldOf()
    {
        Write("other.json", """{ "Mapping": { "Deal": { "Stages": ["C1:WON"] } } }""");
        environment["MAPPING_FILE"] = "other.json ";
        environment["MAPPING_JSON"] = "{ not even JSON";

        Assert.Equal("C1:WON", Gather()["Mapping:Deal:Stages:0"]);
        Assert.Equal("MAPPING_JSON", Assert.Single(Examine().Warnings).Setting);
    }

    [Theory]
    [InlineData("MAPPING_JSON", "{ secret")]
    [InlineData("MAPPING_JSON", "[]")]
    [InlineData("MAPPING_JSON", "{\"Mapping\": \"\uD800")]
    [InlineData("MAPPING_JSON", "@Microsoft.KeyVault(SecretUri=secret)")]
    [InlineData("MAPPING_FILE", "secret/none.json")]
    [InlineData("MAPPING_FILE", ".")]
    [InlineData("MAPPING_FILE", "a\0b")]
    public void Examine_MappingCannotBeRead_IsToldOnceWithAllThatIsWrongElsewhere(string name, string value)
    {
        environment[name] = value;
        environment["SYNC_START_DATE"] = "soon";

        var examined = Examine(readsLocalSettings: false);

        Assert.Null(examined.Settings);
        Assert.Equal(
            [name, "SYNC_START_DATE", "Bitrix24__WebhookUrl", "Otmechalka__ApiKey", "Otmechalka__BaseUrl", "AzureWebJobsStorage"],
            examined.Problems.Select(problem => problem.Setting)
        );
    }

    [Fact]
    public void Examine_NoMappingAtAll_SaysThatTheFileIsMissing()
    {
        var problems = Examine().Problems.Select(problem => problem.Setting).ToList();

        Assert.Contains("mapping.json", problems);
        Assert.Contains("Mapping__Deal__StatusField", problems);
    }

    [Fact]
    public void Examine_BrokenLocalSettings_IsAllThatIsTold()
    {
        Write("local.settings.json", "{");

        Assert.Equal("local.settings.json", Assert.Single(Examine().Problems).Setting);
    }

    private IConfiguration Gather(params string[] sets) => Sources(true, sets).Gather().Configuration;

    private ExaminedSettings Examine(bool readsLocalSettings = true) => Sources(readsLocalSettings).Examine();

    // What is wrong with the one file that is broken: told once, and not every value of it as missing.
    private ConfigurationProblem Problem(params string[] sets)
    {
        var problems = Sources(true, sets).Examine().Problems;
        Assert.DoesNotContain(problems, problem => problem.Setting.StartsWith("Mapping__", StringComparison.Ordinal));
        return problems[0];
    }

    private ConfigurationSources Sources(bool readsLocalSettings, params string[] sets) =>
        new()
        {
            WorkingDirectory = folder,
            ApplicationDirectory = Path.Combine(folder, "app"),
            Environment = environment,
            ReadsLocalSettings = readsLocalSettings,
            Sets = sets.Select(text => text.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])),
        };

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
