using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Otmechalka;

namespace B24Otmechalka.Core.Tests.Otmechalka.Conformance;

/// <summary>
/// A stand that keeps the contract but for one thing: the Sandbox's otmechalka, with something of it done wrong on purpose. It stands at
/// the Sandbox's address.
/// </summary>
internal sealed class WrongStand : IEmulatedCrm
{
    private readonly OtmechalkaServer right;
    private readonly CrmEndpoint endpoint;
    private int requests;

    public WrongStand(TimeProvider time)
    {
        var crms = SampleData.CreateEmpty(time);
        right = crms.Otmechalka;
        right.Options.RejectDuplicates = true;
        endpoint = new CrmEndpoint(this, time);
    }

    /// <summary>What is not known of otmechalka can be switched.</summary>
    public OtmechalkaOptions Options => right.Options;

    /// <summary>What the stand holds.</summary>
    public OtmechalkaStore Store => right.Store;

    /// <summary>Refuses single records.</summary>
    public OtmechalkaServer Server => right;

    /// <summary>Answers in the right one's place; <see langword="null"/> leaves the answer to it.</summary>
    public Func<SandboxRequest, SandboxResponse?> Before { get; set; } = _ => null;

    /// <summary>Changes what the right one answers.</summary>
    public Func<SandboxRequest, SandboxResponse, SandboxResponse> After { get; set; } = (_, answer) => answer;

    /// <summary>Breaks requests, by their number counted from one.</summary>
    public Func<SandboxRequest, int, Fault?> FaultOf
    {
        set => endpoint.FaultOf = request => value(request, ++requests);
    }

    /// <summary>Serves the stand without sockets.</summary>
    public SandboxHandler CreateHandler() =>
        new(new Dictionary<string, CrmEndpoint>(StringComparer.OrdinalIgnoreCase) { [SandboxCrms.OtmechalkaHost] = endpoint });

    /// <summary>Serves the stand over HTTP on a free port of this machine.</summary>
    public Task<CrmListener> ListenAsync() => CrmListener.StartAsync(endpoint, 0, null, CancellationToken.None);

    public string OperationOf(SandboxRequest request) => right.OperationOf(request);

    public string PublicPath(SandboxRequest request) => request.Path;

    public async Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken) =>
        Before(request) ?? After(request, await right.HandleAsync(request, cancellationToken));
}
