namespace B24Otmechalka.Sandbox.Http;

/// <summary>
/// The outside of one emulated CRM: counts and records requests, lets a test act before and after each, and breaks those
/// that the test wants broken. The fronts call it; it knows nothing of what carries the requests.
/// </summary>
internal sealed class CrmEndpoint(IEmulatedCrm crm, TimeProvider time)
{
    private readonly Lock gate = new();
    private Dictionary<string, int> commands = [];
    private int requests;
    private int rateLimited;
    private int faults;
    private TimeSpan serverTime;

    /// <summary>Decides, for each request, what goes wrong with it; <see langword="null"/>: nothing.</summary>
    public Func<SandboxRequest, Fault?>? FaultOf { get; set; }

    /// <summary>Called before a request is handled, for instance to edit a record just in between.</summary>
    public Action<SandboxRequest>? OnRequest { get; set; }

    /// <summary>Called after a request was handled, before its answer leaves (also before a fault swallows it).</summary>
    public Action<SandboxRequest, SandboxResponse>? OnAnswer { get; set; }

    public Journal Journal { get; } = new();

    public Traffic Traffic
    {
        get
        {
            lock (gate)
            {
                return new Traffic(requests, new Dictionary<string, int>(commands), rateLimited, faults, serverTime);
            }
        }
    }

    /// <summary>Sets the counters to zero and empties the journal.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (requests, rateLimited, faults, serverTime, commands) = (0, 0, 0, TimeSpan.Zero, []);
        }

        Journal.Clear();
    }

    /// <exception cref="BrokenConnectionException">A fault broke the connection.</exception>
    public async Task<SandboxResponse> HandleAsync(SandboxRequest arrived, CancellationToken cancellationToken)
    {
        var request = arrived with { Operation = crm.OperationOf(arrived) };
        SandboxResponse? handled = null;
        int? status = null;
        try
        {
            lock (gate)
            {
                requests++;
            }

            OnRequest?.Invoke(request);
            var fault = FaultOf?.Invoke(request);
            if (fault is not null)
            {
                lock (gate)
                {
                    faults++;
                }
            }

            var response = await ApplyAsync(fault, request, answer => handled = answer, cancellationToken);
            status = response.Status;
            return response;
        }
        finally
        {
            Record(request, handled, status);
        }
    }

    private async Task<SandboxResponse> ApplyAsync(
        Fault? fault,
        SandboxRequest request,
        Action<SandboxResponse> handled,
        CancellationToken cancellationToken
    )
    {
        while (fault is Fault.Waiting waiting)
        {
            await Task.Delay(waiting.For, time, cancellationToken);
            fault = waiting.Then;
        }

        switch (fault)
        {
            case Fault.Answering { IsAfterCommit: false } answering:
                return answering.Response;
            case Fault.Drop { Kind: not Fault.DropKind.AfterCommit } drop:
                throw new BrokenConnectionException(drop.Kind == Fault.DropKind.Refused);
        }

        var response = await crm.HandleAsync(request, cancellationToken);
        handled(response);
        OnAnswer?.Invoke(request, response);
        switch (fault)
        {
            case Fault.HangingAnswer:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                return response;
            case Fault.Drop:
                throw new BrokenConnectionException(refused: false);
            case Fault.Answering answering:
                return answering.Response;
            default:
                return response;
        }
    }

    private void Record(SandboxRequest request, SandboxResponse? handled, int? status)
    {
        var commands = handled?.Commands ?? [];
        lock (gate)
        {
            foreach (var command in commands)
            {
                this.commands[command.Name] = this.commands.GetValueOrDefault(command.Name) + 1;
            }

            if (status == 503)
            {
                rateLimited++;
            }

            serverTime += handled?.ServerTime ?? TimeSpan.Zero;
        }

        if (Journal.Capacity > 0)
        {
            Journal.Add(
                new JournalEntry(
                    time.GetUtcNow(),
                    request.Operation,
                    request.Method,
                    crm.PublicPath(request),
                    request.Query,
                    request.Body,
                    commands,
                    status
                )
            );
        }
    }
}
