using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>An answer that is a JSON object: a result, or an error that concerns this request alone.</summary>
/// <param name="Body">The whole object; undefined once it has been read and given back, see <see cref="Bitrix24Client"/>.</param>
/// <param name="Error">The error, if it is one.</param>
/// <param name="PortalTime">The portal's clock when the request came.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record Bitrix24Answer(JsonElement Body, Bitrix24Error? Error, DateTimeOffset? PortalTime, int Bytes)
{
    /// <summary>The <c>result</c> member; undefined where it is missing.</summary>
    public JsonElement Result => Body.Member("result");

    /// <summary>The <c>total</c> member of a list.</summary>
    public int? Total => Body.Member("total").Count();

    /// <summary>How long the portal was at it, as it says.</summary>
    public TimeSpan? Took =>
        Body.Member("time").Member("duration").Number() is >= 0 and < 3600 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>One command of a batch: its result, or its own error, never its neighbours'.</summary>
/// <param name="Result">The result; undefined when there is an error.</param>
/// <param name="Error">The error, also when the command is in neither map of the answer (docs/bitrix24.md, trap 12).</param>
/// <param name="Total">For a list that counts: how many rows match.</param>
internal readonly record struct CommandAnswer(JsonElement Result, Bitrix24Error? Error, int? Total = null);

/// <summary>The answers to a batch, in the order of its commands.</summary>
/// <param name="Commands">The answers.</param>
/// <param name="PortalTime">The portal's clock when the request came.</param>
/// <param name="Took">How long the portal was at it, as it says.</param>
/// <param name="Bytes">How large the whole answer is.</param>
internal sealed record BatchAnswer(IReadOnlyList<CommandAnswer> Commands, DateTimeOffset? PortalTime, TimeSpan? Took, int Bytes);
