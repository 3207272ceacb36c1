using System.Text.RegularExpressions;
using B24Otmechalka.Core.Tests.Docs;
using Xunit;

namespace B24Otmechalka.Core.Tests;

/// <summary>Who may know whom. A folder is known where its namespace is named.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Jobs = ["Contacts", "Deals"];

    /// <summary>Folders, and all other folders of Core that they may know.</summary>
    public static TheoryData<string, string[]> Allowed =>
        new()
        {
            { "Telemetry", [] },
            { "Characters", [] },
            { "Http", ["Telemetry"] },
            { "Bitrix24", ["Http", "Characters"] },
            { "Otmechalka", ["Http"] },
        };

    /// <summary>Folders, and those that they must not know.</summary>
    public static TheoryData<string, string[]> Forbidden =>
        new()
        {
            { "Checkpoints", ["Bitrix24", "Otmechalka", "Mapping", .. Jobs] },
            { "Mapping", ["Otmechalka", "Sync", "Checkpoints", .. Jobs] },
            { "Sync", [.. Jobs, "Operations"] },
            { "Operations", Jobs },
            { "Contacts", ["Deals", "Operations"] },
            { "Deals", ["Contacts", "Operations"] },
        };

    /// <summary>Types of libraries, and the only folders that may use them.</summary>
    public static TheoryData<string, string[]> Homes =>
        new()
        {
            { @"\b(Azure\.Data\.Tables|Table(Client|Entity|TransactionAction)|RequestFailedException)\b", ["Checkpoints"] },
            { @"\bPolly\b", ["Http"] },
            { @"\bJson(Element|Document|Node|Object|Array|Value)\b", ["Bitrix24", "Otmechalka"] },
        };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Folder_OfTheGround_KnowsNothingElse(string folder, string[] allowed) => Assert.Empty(Known(folder).Except(allowed));

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Folder_WithForbiddenOnes_KnowsNoneOfThem(string folder, string[] forbidden) =>
        Assert.Empty(Known(folder).Intersect(forbidden));

    [Theory]
    [MemberData(nameof(Homes))]
    public void Types_OfALibrary_StayAtHome(string types, string[] homes) =>
        Assert.Empty(
            Folders()
                .Except(homes)
                .SelectMany(folder => Sources("Core", folder))
                .Where(file => Regex.IsMatch(Code(file), types))
                .Select(Path.GetFileName)
        );

    [Fact]
    public void Core_ItsReferences_AreNoHostAndNoFunctions()
    {
        var project = Documents.Read("Core", "Core.csproj");

        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.Azure.Functions", project, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Core")]
    [InlineData("Cli")]
    [InlineData("Sandbox")]
    [InlineData("Benchmarks")]
    [InlineData("Core.Tests")]
    public void Project_ButFunctions_NeverReferencesTheWorker(string project) =>
        Assert.DoesNotContain("Microsoft.Azure.Functions.Worker", Documents.Read(project, project + ".csproj"), StringComparison.Ordinal);

    private static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Documents.At("Core")).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"]);

    private static IEnumerable<string> Sources(params string[] folder) =>
        Directory.EnumerateFiles(Documents.At(folder), "*.cs", SearchOption.AllDirectories);

    private static HashSet<string> Known(string folder) =>
        [.. Sources("Core", folder).SelectMany(file => Names(Code(file))).Where(name => name != folder)];

    // By its full name, or by the part of it that is enough within Core.
    private static IEnumerable<string> Names(string code) =>
        CoreFolder()
            .Matches(code)
            .Select(match => match.Groups[1].Value)
            .Concat(Folders().Where(folder => Regex.IsMatch(code, $@"(?<![\w.""]){folder}\.[A-Z]")));

    // Documentation may name anything.
    private static string Code(string file) =>
        string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"B24Otmechalka\.Core\.([A-Z]\w*)")]
    private static partial Regex CoreFolder();
}
