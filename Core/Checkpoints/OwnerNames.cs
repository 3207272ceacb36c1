namespace B24Otmechalka.Core.Checkpoints;

/// <summary>Names the owners of leases; no two are called the same, wherever they run.</summary>
/// <param name="next">Gives a name that was never given before.</param>
internal sealed class OwnerNames(Func<string> next)
{
    /// <summary>Names at random.</summary>
    public static OwnerNames Random { get; } = new(() => Guid.NewGuid().ToString("N"));

    /// <summary>The next name.</summary>
    public string Next() => next();
}
