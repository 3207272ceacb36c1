using B24Otmechalka.Sandbox.Bitrix24.Limits;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// What a command gives: lists also tell the total and, but on the last page, the next start (docs/bitrix24.md, section 1).
/// </summary>
internal sealed record MethodResult(object? Result, int? Total = null, int? Next = null);

/// <summary>A method of the API.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Scopes">Any one of them suffices; none at all means every webhook may call it (docs/bitrix24.md, section 11).</param>
/// <param name="Cost">What a call costs the server.</param>
/// <param name="Handle">Runs under the portal's lock.</param>
internal sealed record RestMethod(
    string Name,
    IReadOnlyList<string> Scopes,
    Func<RestCall, CallCost> Cost,
    Func<RestCall, MethodResult> Handle
)
{
    /// <summary>Needs an application; a webhook is refused (docs/bitrix24.md, section 2, WRONG_AUTH_TYPE).</summary>
    public bool ApplicationOnly { get; init; }
}
