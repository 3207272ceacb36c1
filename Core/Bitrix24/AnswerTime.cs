using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>The <c>time</c> member of an answer. Every member may be missing (docs/bitrix24.md, section 1).</summary>
/// <param name="Portal">The portal's clock when the request came, with the server's own offset.</param>
/// <param name="Operating">Execution seconds of the method in the running ten minutes.</param>
/// <param name="UntilReset">From the answer until the oldest of them are dropped.</param>
internal sealed record AnswerTime(DateTimeOffset? Portal, double? Operating, TimeSpan? UntilReset)
{
    public static AnswerTime? Read(JsonElement owner)
    {
        var time = owner.Member("time");
        return time.ValueKind == JsonValueKind.Object ? Of(time) : null;
    }

    public static AnswerTime Of(JsonElement time)
    {
        var finish = time.Member("finish").Number() ?? time.Member("start").Number();
        var reset = time.Member("operating_reset_at").Number();
        return new AnswerTime(
            time.Member("date_start").Timestamp() ?? Unix(time.Member("start").Number()),
            time.Member("operating").Number(),
            reset > 0 && finish > 0 ? TimeSpan.FromSeconds(Math.Clamp(reset.Value - finish.Value, 0, 3600)) : null
        );
    }

    private static DateTimeOffset? Unix(double? seconds) =>
        seconds is > 0 and < 1e11 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
}
