using B24Otmechalka.Cli;
using B24Otmechalka.Cli.Configuration;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class SettingsReadingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("b24sync-").FullName;
    private readonly Dictionary<string, string?> environment = [];

    public SettingsReadingTests() => Directory.CreateDirectory(Path.Combine(folder, "app"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Gather_EverySourceHasIt_TheLaterWins()
    {
        Write("local.settings.json", """{ "Values": { "A__X": "local", "A__Y": "local", "A__Z": "local", "A__W": "local" } }""");
        Write("mapping.json", """{ "A": { "X": "mapping", "Y": "mapping", "Z": "mapping" } }""");
        environment["A__X"] = "environment";
        environment["A__Y"] = "environment";

        var settings = Gather("A__X=set");

        Assert.Equal(("set", "environment", "mapping", "local"), (settings["A:X"], settings["A:Y"], settings["A:Z"], settings["A:W"]));
    }

    [Fact]
    public void Gather_MappingLeavesItEmpty_LocalSettingStays()
    {
        Write("local.settings.json", """{ "Values": { "Mapping__Contact__StatusField": "UF_CRM_S" } }""");
        Write("mapping.json", """{ "Mapping": { "Contact": { "StatusField": "", "Other": "" } } }""");

        var settings = Gather();

        Assert.Equal("UF_CRM_S", settings["Mapping:Contact:StatusField"]);
        Assert.Equal("", settings["Mapping:Contact:Other"]);
    }

    [Fact]
    public void Gather_MappingWithCommentsAndLists_IsReadByPath()
    {
        Write("mapping.json", """
            {
              // what the school sells
              "Mapping": { "Contact": { "Routes": [ { "Product": "410", "Courses": ["1", "2"], } ] } }
            }
            """);

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
        var error = Assert.Throws<ConfigurationException>(() => Gather("MAPPING_FILE=none.json"));

        var problem = Assert.Single(error.Problems);
        Assert.Equal("MAPPING_FILE", problem.Setting);
        Assert.Contains("there is no such file", problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local.settings.json", "{\n \"Values\": {\n  \"Key\": secret\n } }", 3)]
    [InlineData("mapping.json", "{\n \"Mapping\": [1,\n", 3)]
    public void Gather_BrokenFile_IsToldByNameAndLineWithoutContents(string file, string text, int line)
    {
        Write(file, text);

        var error = Assert.Throws<ConfigurationException>(() => Gather());

        var problem = Assert.Single(error.Problems);
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
    [InlineData("mapping.json", """{ "A": "1", "a": "2" }""", "twice")]
    public void Gather_FileOfAnotherShape_IsAConfigurationError(string file, string text, string problem)
    {
        Write(file, text);

        var error = Assert.Throws<ConfigurationException>(() => Gather());

        Assert.Contains(problem, Assert.Single(error.Problems).Problem, StringComparison.Ordinal);
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

    private IConfiguration Gather(params string[] sets) => SettingsReading.Gather(
        new Surroundings
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            WorkingDirectory = folder,
            ApplicationDirectory = Path.Combine(folder, "app"),
            Environment = environment,
        },
        sets);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
