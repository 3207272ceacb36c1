using System.Globalization;

namespace B24Otmechalka.Sandbox.Npm;

/// <summary>The Node.js of this machine, which Azurite and its installation run on.</summary>
/// <param name="Node">The file of <c>node</c>.</param>
/// <param name="Npm">The file of <c>npm</c>; <see langword="null"/> when there is none.</param>
internal sealed record NodeRuntime(string Node, string? Npm)
{
    /// <summary>The oldest major version that Azurite runs on.</summary>
    public const int OldestVersion = 18;

    private const string Advice = "Install it from https://nodejs.org or your package manager and start again.";

    /// <exception cref="SandboxException">There is none, or it is too old.</exception>
    public static async Task<NodeRuntime> FindAsync(CancellationToken cancellationToken)
    {
        var node =
            ChildProcess.Find("node")
            ?? throw new SandboxException(
                $"Node.js {OldestVersion} or newer is needed to run Azurite, and there is no node in the PATH. {Advice}"
            );
        var version = (await ChildProcess.RunAsync(node, ["--version"], cancellationToken)).Output.Trim();
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) || major < OldestVersion)
        {
            throw new SandboxException(
                $"Node.js {OldestVersion} or newer is needed to run Azurite; {node} is "
                    + $"{(version.Length > 0 ? version : "unusable")}. {Advice}"
            );
        }

        return new NodeRuntime(node, ChildProcess.Find("npm"));
    }
}
