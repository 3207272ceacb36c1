using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>The frame around every answer (docs/bitrix24.md, section 1). Errors have neither <c>result</c> nor <c>time</c>.</summary>
internal sealed class Envelope(Bitrix24Portal portal)
{
    private const string Json = "application/json; charset=utf-8";

    public static SandboxResponse Success(MethodResult result, PhpArray time)
    {
        var body = new PhpArray { ["result"] = result.Result };
        if (result.Next is { } next)
        {
            body["next"] = (long)next;
        }

        if (result.Total is { } total)
        {
            body["total"] = (long)total;
        }

        body["time"] = time;
        return new SandboxResponse(200, Json, PhpJson.Write(body));
    }

    public PhpArray Time(CommandOutcome outcome)
    {
        var time = Time(outcome.Started, outcome.Duration);
        time["operating_reset_at"] = outcome.OperatingResetAt.ToUnixTimeSeconds();
        time["operating"] = Math.Round(outcome.Operating.TotalSeconds, 6);
        return time;
    }

    /// <summary>The time of a batch itself has no operating cost of its own (docs/bitrix24.md, section 3).</summary>
    public PhpArray BatchTime(RestSession session)
    {
        var time = Time(session.Started, session.Elapsed);
        time["operating_reset_at"] = (session.Started + TimeSpan.FromMinutes(10)).ToUnixTimeSeconds();
        time["operating"] = 0L;
        return time;
    }

    public static SandboxResponse Failure(RestException error) => new(error.Status, Json, PhpJson.Write(Error(error)));

    public static PhpArray Error(RestException error) => new() { ["error"] = error.Code, ["error_description"] = error.Message };

    private PhpArray Time(DateTimeOffset started, TimeSpan duration) =>
        new()
        {
            ["start"] = Seconds(started),
            ["finish"] = Seconds(started + duration),
            ["duration"] = duration.TotalSeconds,
            ["processing"] = duration.TotalSeconds,
            ["date_start"] = portal.Print(started),
            ["date_finish"] = portal.Print(started + duration),
        };

    private static double Seconds(DateTimeOffset moment) => Math.Round(moment.ToUnixTimeMilliseconds() / 1000d, 3);
}
