using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class WorkflowsTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Repository.At(".github", "workflows"), "*.yml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_OfAWorkflow_ArePinnedToCommits(string file)
    {
        var uses = Regex.Matches(Repository.Read(".github", "workflows", file), @"uses:\s*(\S+)(.*)");

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Matches(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", $"{use.Groups[1].Value}{use.Groups[2].Value}".TrimEnd()));
    }

    [Theory]
    [InlineData("ci.yml", "permissions:contents:read")]
    [InlineData("deploy.yml", "permissions:{};permissions:contents:readid-token:write")]
    public void Permissions_OfAWorkflow_AreTheLeast(string file, string expected)
    {
        var blocks = Regex.Matches(Repository.Read(".github", "workflows", file), @"^( *)permissions:.*\n(?:\1  +\S.*\n)*", RegexOptions.Multiline);

        Assert.Equal(expected, string.Join(';', blocks.Select(block => Regex.Replace(block.Value, @"\s", ""))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Scripts_OfAWorkflow_TakeNoExpressions(string file)
    {
        // An expression in a script is text put into a program: values go by the environment.
        var scripts = Regex.Matches(Repository.Read(".github", "workflows", file), @"^( *)(?:- )?run:(?: \|)?(.*\n(?:\1  +.*\n)*)", RegexOptions.Multiline);

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.DoesNotContain("${{", script.Groups[2].Value, StringComparison.Ordinal));
    }

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
}
