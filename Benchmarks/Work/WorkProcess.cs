namespace B24Otmechalka.Benchmarks.Work;

/// <summary>A measured process: prepares itself, says so, and works when it is told to.</summary>
internal sealed class WorkProcess : IAsyncDisposable
{
    public const string Role = "@work";

    private readonly ChildRole child;

    private WorkProcess(ChildRole child) => this.child = child;

    /// <summary>What it says when it is prepared.</summary>
    internal sealed record Ready(bool IsReady);

    public static async Task<WorkProcess> StartAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var child = ChildRole.StartSelf(Role, Lines.Write(order));
        await child.HearAsync<Ready>(cancellationToken);
        return new WorkProcess(child);
    }

    public Task<WorkResult> GoAsync(CancellationToken cancellationToken)
    {
        child.Say("go");
        return child.HearAsync<WorkResult>(cancellationToken);
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
