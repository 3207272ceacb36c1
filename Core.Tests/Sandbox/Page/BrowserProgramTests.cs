using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

public sealed class BrowserProgramTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("browser-program-").FullName;

    [Theory]
    [InlineData("path/chromium")]
    [InlineData("path/google-chrome")]
    [InlineData("path/microsoft-edge")]
    [InlineData("programs/Microsoft/Edge/Application/msedge.exe")]
    [InlineData("programs/Google Chrome.app/Contents/MacOS/Google Chrome")]
    public void FindInstalled_ABrowserIsThere_TakesIt(string file)
    {
        var expected = Path.Combine([root, .. file.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(expected)!);
        File.WriteAllText(expected, "");

        Assert.Equal(expected, BrowserProgram.FindInstalled(["", Path.Combine(root, "path")], [Path.Combine(root, "programs")]));
    }

    [Fact]
    public void FindInstalled_NoneIsThere_FindsNone() => Assert.Null(BrowserProgram.FindInstalled([root], [root]));

    public void Dispose() => Directory.Delete(root, recursive: true);
}
