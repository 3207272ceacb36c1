namespace B24Otmechalka.Core.Sync;

/// <summary>
/// When a refused record is tried again (docs/spec.md, section 6, invariant 6): after the first failure in the next run, after the second
/// in 15 minutes, then in 30, 60, … up to daily.
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to wait after so many failed tries in a row; 1 or more.</summary>
    public static TimeSpan After(int attempts)
    {
        if (attempts <= 1)
        {
            return TimeSpan.Zero;
        }

        var wait = First * Math.Pow(2, Math.Min(attempts - 2, 20));
        return wait < Longest ? wait : Longest;
    }
}
