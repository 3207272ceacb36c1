namespace B24Otmechalka.Sandbox.Http;

/// <summary>One of the two emulated CRMs, as the fronts serve it.</summary>
internal interface IEmulatedCrm
{
    Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken);

    /// <summary>See <see cref="SandboxRequest.Operation"/>.</summary>
    string OperationOf(SandboxRequest request);

    /// <summary>The path without anything secret.</summary>
    string PublicPath(SandboxRequest request);
}
