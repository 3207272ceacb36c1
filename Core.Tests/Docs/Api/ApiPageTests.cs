using Xunit;

namespace B24Otmechalka.Core.Tests.Docs.Api;

/// <summary><c>API_PAGE=renew</c> makes the page anew instead of checking it.</summary>
public sealed class ApiPageTests
{
    private static readonly string Yaml = Documents.Read("docs", "otmechalka-api.yaml");

    [Fact]
    public void Page_IsMadeOfTheDocumentAsItIs()
    {
        if (Environment.GetEnvironmentVariable("API_PAGE") == "renew")
        {
            File.WriteAllText(Documents.At("docs", "otmechalka-api.html"), ApiPage.Make(Yaml));
        }

        var page = Documents.Read("docs", "otmechalka-api.html");

        Assert.True(
            page.Contains(ApiPage.MarkOf(Yaml), StringComparison.Ordinal),
            "The document has changed. Renew the page: API_PAGE=renew dotnet test Core.Tests --filter \"FullyQualifiedName~ApiPageTests\""
        );
    }

    [Theory]
    [InlineData("<script src")]
    [InlineData("<link")]
    [InlineData("cdn.")]
    [InlineData("@import")]
    public void Page_LoadsNothingFromElsewhere(string sign) =>
        Assert.DoesNotContain(sign, Documents.Read("docs", "otmechalka-api.html"), StringComparison.Ordinal);
}
