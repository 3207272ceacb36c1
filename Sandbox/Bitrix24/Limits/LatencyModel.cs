namespace B24Otmechalka.Sandbox.Bitrix24.Limits;

/// <summary>What a call costs the server.</summary>
internal enum CallCost
{
    List,
    CountedList,
    Get,
    Update,
    Other,
}

/// <summary>
/// How long calls take. A list that also counts (docs/bitrix24.md, section 4: «total always counted (slow) unless start=-1») takes longer.
/// </summary>
internal sealed record LatencyModel
{
    public TimeSpan List { get; init; } = TimeSpan.FromMilliseconds(150);

    public TimeSpan Counting { get; init; } = TimeSpan.FromMilliseconds(150);

    public TimeSpan Get { get; init; } = TimeSpan.FromMilliseconds(25);

    public TimeSpan Update { get; init; } = TimeSpan.FromMilliseconds(120);

    public TimeSpan Other { get; init; } = TimeSpan.FromMilliseconds(15);

    public TimeSpan Of(CallCost cost) =>
        cost switch
        {
            CallCost.List => List,
            CallCost.CountedList => List + Counting,
            CallCost.Get => Get,
            CallCost.Update => Update,
            _ => Other,
        };
}
