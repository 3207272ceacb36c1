using System.Text.Json;
using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Work;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Benchmarks.Peers;

/// <summary>
/// The official SDK for JavaScript, in the version that <c>package.json</c> pins. It insists on https: the
/// sandbox has a TLS port, whose certificate Node is told to trust.
/// </summary>
internal static class JsSdk
{
    public const string Package = "@bitrix24/b24jssdk";

    private static readonly NpmPackage Peer = new(
        Embedded("package.json"),
        Embedded("package-lock.json"),
        Path.Combine("node_modules", "@bitrix24", "b24jssdk", "package.json")
    );

    /// <summary>The package with its version.</summary>
    public static string Name => Peer.Name;

    /// <summary>Runs one of the embedded scripts in a process of its own.</summary>
    public static async Task<WorkResult> RunAsync(string script, SandboxAddresses crms, int records, CancellationToken cancellationToken)
    {
        var runtime = await NodeRuntime.FindAsync(cancellationToken);
        var folder = await InstallAsync(runtime, cancellationToken);
        var file = Path.Combine(folder, script);
        await File.WriteAllTextAsync(file, Embedded(script), cancellationToken);
        var certificate = Path.Combine(folder, $"certificate-{Environment.ProcessId}.pem");
        await File.WriteAllTextAsync(certificate, crms.Certificate, cancellationToken);
        try
        {
            var order = JsonSerializer.Serialize(
                new
                {
                    webhook = crms.SecureWebhook.AbsoluteUri,
                    records,
                    statusField = SampleFields.Status,
                    columns = (string[])
                        [
                            "ID",
                            "DATE_CREATE",
                            "DATE_MODIFY",
                            SampleFields.Status,
                            SampleFields.StudentLastName,
                            SampleFields.StudentFirstName,
                            SampleFields.Birthdate,
                            SampleFields.Product,
                            SampleFields.Branch,
                            "PHONE",
                            "EMAIL",
                            "NAME",
                            "LAST_NAME",
                        ],
                }
            );
            // Node reads the certificate's file name from its environment, which a process started through a wrapper sets for itself.
            const string wrapper =
                "const { spawn } = require('node:child_process'); const [pem, ...rest] = process.argv.slice(1); "
                + "spawn(process.execPath, rest, { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS: pem } "
                + "}).on('exit', (code) => process.exit(code))";
            var (code, output, errors) = await ChildProcess.RunAsync(
                runtime.Node,
                ["-e", wrapper, "--", certificate, file, order],
                cancellationToken
            );
            var line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'));
            return code == 0 && line is not null
                ? Lines.Read<WorkResult>(line)
                : throw new InvalidOperationException($"{Package} failed: {errors}");
        }
        finally
        {
            File.Delete(certificate);
        }
    }

    private static async Task<string> InstallAsync(NodeRuntime runtime, CancellationToken cancellationToken)
    {
        var main = await Peer.EnsureAsync(NpmPackage.Cache, runtime, Console.Error.WriteLine, null, cancellationToken);
        return Path.GetFullPath(Path.Combine(main, "..", "..", "..", ".."));
    }

    private static string Embedded(string name)
    {
        using var source =
            typeof(JsSdk).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(source);
        return reader.ReadToEnd();
    }
}
