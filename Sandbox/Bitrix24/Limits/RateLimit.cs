namespace B24Otmechalka.Sandbox.Bitrix24.Limits;

/// <summary>
/// The leaky bucket's numbers (docs/bitrix24.md, section 3): each HTTP request adds one, <paramref name="PerSecond"/> leak away once a
/// second, and the request after the one that passed <paramref name="Burst"/> is refused.
/// </summary>
internal sealed record RateLimit(int Burst, int PerSecond)
{
    public static RateLimit Usual { get; } = new(50, 2);

    public static RateLimit Enterprise { get; } = new(250, 5);
}
