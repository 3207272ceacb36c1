namespace B24Otmechalka.Sandbox.Http;

/// <summary>
/// The outside of one emulated CRM: counts and records requests, lets a test act before and after each, and breaks those
/// that the test wants broken. The fronts call it; it knows nothing of what carries the requests.
/// </summary>
internal sealed class CrmEndpoint(IEmulatedCrm crm, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Dictionary<string, int> _commands = [];
    private int _requests;
    private int _rateLimited;
    private int _faults;
    private TimeSpan _serverTime;

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
            lock (_lock)
                return new Traffic(_requests, new Dictionary<string, int>(_commands), _rateLimited, _faults, _serverTime);
        }
    }

    /// <summary>Sets the counters to zero and empties the journal.</summary>
    public void Reset()
    {
        lock (_lock)
            (_requests, _rateLimited, _faults, _serverTime, _commands) = (0, 0, 0, TimeSpan.Zero, []);

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
            lock (_lock)
                _requests++;

            OnRequest?.Invoke(request);
            var fault = FaultOf?.Invoke(request);
            if (fault is not null)
            {
                lock (_lock)
                    _faults++;
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
        Fault? fault, SandboxRequest request, Action<SandboxResponse> handled, CancellationToken cancellationToken)
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
        lock (_lock)
        {
            foreach (var command in commands)
                _commands[command.Name] = _commands.GetValueOrDefault(command.Name) + 1;

            if (status == 503)
                _rateLimited++;

            _serverTime += handled?.ServerTime ?? TimeSpan.Zero;
        }

        if (Journal.Capacity > 0)
        {
            Journal.Add(new JournalEntry(
                time.GetUtcNow(), request.Operation, request.Method, crm.PublicPath(request), request.Query, request.Body, commands, status));
        }
    }
}
