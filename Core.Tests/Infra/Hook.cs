using System.Diagnostics;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>Runs a hook of azure.yaml as azd does, with an azd of our own that writes down how it was called.</summary>
internal sealed class Hook : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("azd-").FullName;

    public Hook()
    {
        var azd = Path.Combine(folder, "azd");
        File.WriteAllText(
            azd,
            $$"""
            #!/bin/sh
            printf '%s|' "$@" >> '{{Calls}}'; printf '\n' >> '{{Calls}}'
            [ "$1" = auth ] && echo '{"token":"entra-token"}'
            exit 0
            """
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(azd, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>How azd was called: one line a call, a bar after each argument.</summary>
    public string[] AzdCalls => File.Exists(Calls) ? File.ReadAllLines(Calls) : [];

    private string Calls => Path.Combine(folder, "calls");

    public ToolResult Run(string file, IReadOnlyDictionary<string, string?> environment, string input = "")
    {
        var start = new ProcessStartInfo("dotnet", ["run", file])
        {
            WorkingDirectory = Repository.At("infra", "hooks"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = folder + Path.PathSeparator + start.Environment["PATH"];
        start.Environment["RETRY_SECONDS"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, errors.Result);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

/// <summary>A fact that needs a Unix shell.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "The stand-in for azd is a shell script." : null;
}
