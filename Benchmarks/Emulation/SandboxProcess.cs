using System.Globalization;

namespace B24Otmechalka.Benchmarks.Emulation;

/// <summary>
/// Both emulated CRMs over real HTTP, in a process of their own, so that the measured process is charged for nothing of theirs.
/// </summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    public const string Role = "@sandbox";

    private readonly ChildRole child;

    private SandboxProcess(ChildRole child, SandboxAddresses addresses) => (this.child, Addresses) = (child, addresses);

    public SandboxAddresses Addresses { get; }

    public static async Task<SandboxProcess> StartAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var child = ChildRole.StartSelf(Role, Lines.Write(scenario));
        return new SandboxProcess(child, await child.HearAsync<SandboxAddresses>(cancellationToken));
    }

    /// <summary>From now on the limits hold, calls take their time, and everything is counted from zero.</summary>
    public Task<SandboxReport> ArmAsync(CancellationToken cancellationToken) => AskAsync("arm", cancellationToken);

    /// <summary>No limits and no waiting any more: for what is not measured.</summary>
    public Task<SandboxReport> DisarmAsync(CancellationToken cancellationToken) => AskAsync("disarm", cancellationToken);

    /// <summary>A person changes so many contacts.</summary>
    public Task<SandboxReport> TouchAsync(int contacts, CancellationToken cancellationToken) =>
        AskAsync("touch " + contacts.ToString(CultureInfo.InvariantCulture), cancellationToken);

    public Task<SandboxReport> ReportAsync(CancellationToken cancellationToken) => AskAsync("report", cancellationToken);

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private Task<SandboxReport> AskAsync(string question, CancellationToken cancellationToken)
    {
        child.Say(question);
        return child.HearAsync<SandboxReport>(cancellationToken);
    }
}
