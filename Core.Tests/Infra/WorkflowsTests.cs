using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class WorkflowsTests
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.At(".github", "workflows"), "*.yml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_OfAWorkflow_ArePinnedToCommits(string file)
    {
        var uses = Regex.Matches(Repository.Read(".github", "workflows", file), @"uses:\s*(\S+)(.*)");

        Assert.NotEmpty(uses);
        Assert.All(
            uses,
            use =>
                Assert.Matches(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", $"{use.Groups[1].Value}{use.Groups[2].Value}".TrimEnd())
        );
    }

    [Theory]
    [InlineData("ci.yml", "permissions:contents:read")]
    [InlineData("codeql.yml", "permissions:{};permissions:contents:readactions:readsecurity-events:write")]
    [InlineData("deploy.yml", "permissions:{};permissions:contents:read;permissions:id-token:write")]
    [InlineData("release.yml", "permissions:{};permissions:contents:read;permissions:contents:write")]
    [InlineData("vulnerabilities.yml", "permissions:contents:read")]
    public void Permissions_OfAWorkflow_AreTheLeast(string file, string expected)
    {
        var blocks = Regex.Matches(
            Repository.Read(".github", "workflows", file),
            @"^( *)permissions:.*\n(?:\1  +\S.*\n)*",
            RegexOptions.Multiline
        );

        Assert.Equal(expected, string.Join(';', blocks.Select(block => Regex.Replace(block.Value, @"\s", ""))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Scripts_OfAWorkflow_TakeNoExpressions(string file)
    {
        // An expression in a script is text put into a program: values go by the environment.
        var scripts = Regex.Matches(
            Repository.Read(".github", "workflows", file),
            @"^( *)(?:- )?run:(?: \|)?(.*\n(?:\1  +.*\n)*)",
            RegexOptions.Multiline
        );

        Assert.True(scripts.Count > 0 || file == "codeql.yml", "No script was found.");
        Assert.All(scripts, script => Assert.DoesNotContain("${{", script.Groups[2].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Workflows_AllOfThem_PassActionlint()
    {
        var result = Lint(Repository.At(".github", "workflows", "*.yml"));

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Contains($"Checking {Files.Count} workflow file(s)", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Actionlint_OfABrokenWorkflow_SaysWhatIsWrong()
    {
        var folder = Directory.CreateTempSubdirectory("workflow-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "broken.yml"),
                """
                name: broken
                on: pull_request
                jobs:
                  one:
                    runs-on: ubuntu-latest
                    needs: nothing
                    steps:
                      - run: echo ${{ github.event.pull_request.title }}
                """
            );

            var result = Lint(Path.Combine(folder, "*.yml"));

            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains("\"nothing\" which does not exist", result.Output + result.Errors, StringComparison.Ordinal);
            Assert.Contains("potentially untrusted", result.Output + result.Errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("deploy.yml", "id-token: write")]
    [InlineData("release.yml", "contents: write")]
    public void Jobs_WithARight_RunNothingOfTheRepositoryAndTakeWhatWasTested(string file, string right)
    {
        var jobs = Regex
            .Split(Repository.Read(".github", "workflows", file).Split("\njobs:\n")[1], @"(?m)^(?=  \w+:$)")
            .Where(job => job.Trim().Length > 0)
            .ToArray();

        var build = Assert.Single(jobs, job => job.Contains("dotnet test", StringComparison.Ordinal));
        var trusted = Assert.Single(jobs, job => job.Contains(right, StringComparison.Ordinal));
        Assert.DoesNotContain(": write", build, StringComparison.Ordinal);
        Assert.DoesNotMatch("actions/checkout|dotnet|npm", trusted);
        Assert.Contains("needs: build", trusted, StringComparison.Ordinal);
        Assert.Contains("actions/download-artifact", trusted, StringComparison.Ordinal);
    }

    [Fact]
    public void Deployment_OfAnEnvironment_WaitsForItsProtection() =>
        Assert.Matches(
            @"  deploy:\n(?:    .*\n)*    environment: \$\{\{ inputs\.environment \}\}\n",
            Repository.Read(".github", "workflows", "deploy.yml")
        );

    [Fact]
    public void SignIn_OfTheDeployment_HoldsNoSecret()
    {
        var deploy = Repository.Read(".github", "workflows", "deploy.yml");

        Assert.DoesNotContain("secrets.", deploy, StringComparison.Ordinal);
        Assert.DoesNotContain("publish-profile", deploy, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckedOut_Everywhere_KeepsNoCredentials()
    {
        foreach (var text in Directory.EnumerateFiles(Repository.At(".github", "workflows")).Select(File.ReadAllText))
        {
            Assert.Equal(Regex.Count(text, "actions/checkout@"), Regex.Count(text, "persist-credentials: false"));
        }
    }

    private static ToolResult Lint(string pattern) =>
        NodeTools.RunOfPackage(Path.Combine("@tktco", "node-actionlint", "bin", "node-actionlint.js"), pattern.Replace('\\', '/'));
}
