using System.Text.RegularExpressions;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary><c>docs/operatoru.md</c> names every setting, with the default and the range that the code has.</summary>
public sealed partial class OperatorsPageTests
{
    private static readonly string Page = Documents.Read("docs", "operatoru.md");

    // By the message that a wrong value gets.
    private static readonly Dictionary<string, Match> RangeOf = Problems("not a value")
        .Select(problem => (problem.Setting, Match: Numbers().Match(problem.Problem)))
        .Where(problem => problem.Match.Success)
        .ToDictionary(problem => problem.Setting, problem => problem.Match);

    /// <summary>Every setting that the code asks for, with <c>N</c> for places in lists.</summary>
    public static TheoryData<string> Settings =>
        [
            .. AskedSettings
                .Names.Select(key => Places().Replace(key.Replace(":", "__", StringComparison.Ordinal), "__N"))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Settings with a range.</summary>
    public static TheoryData<string> Ranges => [.. RangeOf.Keys];

    public static TheoryData<string, object> Defaults =>
        new()
        {
            { "Bitrix24__Timeout", new Bitrix24Options().Timeout },
            { "Bitrix24__RequestsPerSecond", new Bitrix24Options().RequestsPerSecond },
            { "Bitrix24__Burst", new Bitrix24Options().Burst },
            { "Otmechalka__Timeout", new OtmechalkaOptions().Timeout },
            { "Otmechalka__Concurrency", new OtmechalkaOptions().Concurrency },
            { "Otmechalka__AuthHeader", new OtmechalkaOptions().AuthHeader },
            { "Otmechalka__AuthScheme", new OtmechalkaOptions().AuthScheme },
            { "Sync__TimeBudget", new SyncOptions().TimeBudget },
            { "Sync__LookBack", new SyncOptions().LookBack },
            { "Sync__FullResyncInterval", new SyncOptions().FullResyncInterval },
            { "Sync__TableName", new SyncOptions().TableName },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Setting_OfTheCode_IsExplained(string setting) => Assert.Contains($"`{setting}", Page, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Range_OfTheCode_IsThePages(string setting)
    {
        var range = RangeOf[setting];

        Assert.Contains($"от `{range.Groups[1].Value}` до `{range.Groups[2].Value}`", Row(setting), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Default_OfTheCode_IsThePages(string setting, object value)
    {
        var text = value is TimeSpan duration ? duration.ToString("c") : FormattableString.Invariant($"{value}");

        Assert.Contains($"| `{text}` |", Row(setting), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_OfTheCode_AreAllChecked() => Assert.Equal(8, RangeOf.Count);

    [Fact]
    public void Settings_OfTheExampleFile_AreExplained() =>
        Assert.All(
            ExampleSetting().Matches(Documents.Read("local.settings.json.example")),
            setting => Assert.Contains($"`{setting.Groups[1].Value}`", Page, StringComparison.Ordinal)
        );

    [Fact]
    public void Settings_OfTheApp_AreExplained() =>
        Assert.All(
            AppSetting().Matches(Documents.Read("Functions", "Program.cs")),
            setting => Assert.Contains($"`{setting.Groups[1].Value}`", Page, StringComparison.Ordinal)
        );

    [Fact]
    public void Codes_OfTheMappingFile_AreThePages() =>
        Assert.All(
            FieldCode().Matches(Documents.Read("mapping.json")),
            field =>
                Assert.Contains(
                    Documents.Rows(Page),
                    cells =>
                        cells[^1].EndsWith($"__{field.Groups[1].Value}`", StringComparison.Ordinal)
                        && cells.Contains($"`{field.Groups[2].Value}`")
                )
        );

    private static string Row(string setting) =>
        Page.Split('\n').Single(line => line.StartsWith($"| `{setting}` |", StringComparison.Ordinal));

    private static IEnumerable<ConfigurationProblem> Problems(string value) =>
        Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    AskedSettings
                        .Names.Where(key => !key.StartsWith("Mapping", StringComparison.Ordinal))
                        .Select(key => KeyValuePair.Create(key, (string?)value))
                )
                .Build()
        );

    private static IReadOnlyList<ConfigurationProblem> Read(IConfiguration configuration) =>
        Assert.Throws<ConfigurationException>(() => SettingsReader.Read(configuration)).Problems;

    [GeneratedRegex("__[0-9]+")]
    private static partial Regex Places();

    [GeneratedRegex(@" from ([0-9.:]+) to ([0-9.:]*[0-9])")]
    private static partial Regex Numbers();

    [GeneratedRegex("^ +\"([A-Za-z0-9_]+)\": \"", RegexOptions.Multiline)]
    private static partial Regex ExampleSetting();

    [GeneratedRegex("Configuration\\[\"([A-Z_]+)\"\\]")]
    private static partial Regex AppSetting();

    [GeneratedRegex("\"([A-Za-z]+Field)\": \"(UF_CRM_[A-Z0-9_]+)\"")]
    private static partial Regex FieldCode();
}
