using Xunit;

namespace B24Otmechalka.Core.Tests.Docs.Api;

public sealed class ApiDocumentTests
{
    private static readonly string Document = Documents.At("docs", "otmechalka-api.yaml");

    [Fact]
    public void Document_UnderTheStrictestRules_HasNothingWrong()
    {
        var result = Redocly.Lint(Document);

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    [Fact]
    public void Document_WithFaults_IsRefusedForEach()
    {
        (string Text, string Faulty, string Named)[] faults =
        [
            ("#/components/schemas/Detail'", "#/components/schemas/Detial'", "no-unresolved-refs"),
            ("operationId: ping", "operationId: getClient", "Every operation must have a unique `operationId`"),
            ("phone: '79261234567'\n        email", "phone: 79261234567\n        email", "phone"),
        ];
        var text = File.ReadAllText(Document);
        foreach (var (good, faulty, _) in faults)
        {
            Assert.Contains(good, text, StringComparison.Ordinal);
            text = text.Replace(good, faulty, StringComparison.Ordinal);
        }

        var folder = Directory.CreateTempSubdirectory("api-").FullName;
        try
        {
            var file = Path.Combine(folder, "api.yaml");
            File.WriteAllText(file, text);

            var result = Redocly.Lint(file);

            Assert.NotEqual(0, result.ExitCode);
            Assert.All(faults, fault => Assert.Contains(fault.Named, result.Output, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
