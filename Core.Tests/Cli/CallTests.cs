using B24Otmechalka.Cli;
using B24Otmechalka.Core.Tests.Docs;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>Hints can be copied: they name the program as it was called.</summary>
public sealed class CallTests
{
    [Fact]
    public void Of_BuiltFromTheSources_IsDotnetRun() =>
        Assert.Equal("dotnet run --project Cli --", Call.Of(Documents.At("Cli", "bin", "Debug", "net10.0")));

    [Fact]
    public void Of_InstalledElsewhere_IsTheProgram() => Assert.Equal("b24sync", Call.Of(Path.Combine(Path.GetTempPath(), "bin", "tools")));

    [Fact]
    public void Version_OfACommit_IsShort() =>
        Assert.Equal("1.2.3 (abcdef0)", Core.ProductVersion.Of("1.2.3+abcdef0123456789abcdef0123456789abcdef01"));

    [Fact]
    public void Version_WithoutARepository_IsTheVersion() => Assert.Equal("1.2.3", Core.ProductVersion.Of("1.2.3"));
}
