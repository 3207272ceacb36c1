using System.Text.Json;
using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Work;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Benchmarks.Peers;

/// <summary>
/// The official SDK for JavaScript, installed from npm into a folder of the benchmark's own. It insists on https: the
/// sandbox has a TLS port, whose certificate Node is told to trust.
/// </summary>
internal static class JsSdk
{
    public const string Package = "@bitrix24/b24jssdk";
    public const string Version = "2.2.0";

    private static readonly string Folder = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home ? home : Path.GetTempPath(),
        "b24-otmechalka", $"b24jssdk-{Version}");

    /// <summary>Runs one of the embedded scripts in a process of its own.</summary>
    public static async Task<WorkResult> RunAsync(string script, SandboxAddresses crms, int records, CancellationToken cancellationToken)
    {
        var runtime = await NodeRuntime.FindAsync(cancellationToken);
        await InstallAsync(runtime, cancellationToken);
        var file = Path.Combine(Folder, script);
        await WriteAsync(script, file, cancellationToken);
        var certificate = Path.Combine(Folder, $"certificate-{Environment.ProcessId}.pem");
        await File.WriteAllTextAsync(certificate, crms.Certificate, cancellationToken);
        try
        {
            var order = JsonSerializer.Serialize(new
            {
                webhook = crms.SecureWebhook.AbsoluteUri,
                records,
                statusField = SampleFields.Status,
                columns = (string[])["ID", "DATE_CREATE", "DATE_MODIFY", SampleFields.Status, SampleFields.StudentLastName, SampleFields.StudentFirstName, SampleFields.Birthdate,
                    SampleFields.Product, SampleFields.Branch, "PHONE", "EMAIL", "NAME", "LAST_NAME"],
            });
            // Node reads the certificate's file name from its environment, which a process started through a wrapper sets for itself.
            const string wrapper = "const { spawn } = require('node:child_process'); const [pem, ...rest] = process.argv.slice(1); "
                + "spawn(process.execPath, rest, { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS: pem } }).on('exit', (code) => process.exit(code))";
            var (code, output, errors) = await ChildProcess.RunAsync(runtime.Node, ["-e", wrapper, "--", certificate, file, order], cancellationToken);
            var line = output.Split('\n').LastOrDefault(text => text.StartsWith('{'));
            return code == 0 && line is not null ? Lines.Read<WorkResult>(line) : throw new InvalidOperationException($"{Package} failed: {errors}");
        }
        finally
        {
            File.Delete(certificate);
        }
    }

    private static async Task InstallAsync(NodeRuntime runtime, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@bitrix24", "b24jssdk")))
        {
            return;
        }

        Console.Error.WriteLine($"Installing {Package}@{Version} with npm into {Folder} (only this once)…");
        Directory.CreateDirectory(Folder);
        var npm = runtime.Npm ?? throw new InvalidOperationException("npm is needed to install the peer, and there is none in the PATH.");
        var (code, _, errors) = await ChildProcess.RunAsync(npm, ["install", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error", $"{Package}@{Version}"], cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"npm could not install {Package}@{Version}: {errors}");
        }
    }

    private static async Task WriteAsync(string script, string file, CancellationToken cancellationToken)
    {
        await using var source = typeof(JsSdk).Assembly.GetManifestResourceStream(script) ?? throw new InvalidOperationException($"{script} is not embedded.");
        await using var target = File.Create(file);
        await source.CopyToAsync(target, cancellationToken);
    }
}
