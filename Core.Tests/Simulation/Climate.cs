namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>What kind of seed it is: how many people and records, how often something goes wrong, and how badly.</summary>
internal sealed class Climate
{
    public Climate(Random random)
    {
        Bitrix24Faults = Pick(random, 0, 0, 0.03, 0.15);
        OtmechalkaFaults = Pick(random, 0, 0, 0.03, 0.15);
        StorageFaults = Pick(random, 0, 0, 0.02, 0.08);
        Deaths = Pick(random, 0, 0, 0.4, 0.8);
        Meddling = Pick(random, 0, 0.03, 0.1);
        Overlaps = Pick(random, 0, 0, 0.6);
        Cancellations = Pick(random, 0, 0, 0.3);
        Latency = TimeSpan.FromMilliseconds(Pick(random, 0, 50, 400));
        IsCrowded = random.Next(4) == 0;
        // Among many cards it is the time that counts; among few, the page of cards that a look-back has at least.
        LookBack = random.Next(3) == 0 || IsCrowded ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(5);
        Latest = LookBack.TotalSeconds < 60 ? 18 : 70;
        RowsMoveDeals = random.Next(3) != 0;
        TimeBudget = random.Next(6) == 0 ? TimeSpan.FromSeconds(random.Next(1, 10)) : TimeSpan.FromMinutes(8);
        Ticks = random.Next(2, 6);
        Skew = IsCrowded || random.Next(2) == 0 ? 9 : 0;
    }

    /// <summary>The chance of a fault, for each request.</summary>
    public double Bitrix24Faults { get; }

    public double OtmechalkaFaults { get; }

    public double StorageFaults { get; }

    /// <summary>The chance that a process dies some time.</summary>
    public double Deaths { get; }

    /// <summary>The chance that a person does something just before a request is handled.</summary>
    public double Meddling { get; }

    /// <summary>The chance that a second process starts the job while it runs.</summary>
    public double Overlaps { get; }

    /// <summary>The chance that a run is cancelled.</summary>
    public double Cancellations { get; }

    /// <summary>The most time a request takes each way.</summary>
    public TimeSpan Latency { get; }

    /// <summary>More cards than a page holds.</summary>
    public bool IsCrowded { get; }

    public TimeSpan LookBack { get; }

    /// <summary>The most seconds a write stays invisible: less than the look-back.</summary>
    public int Latest { get; }

    /// <summary>Whether a change of product rows moves the deal's DATE_MODIFY (not documented).</summary>
    public bool RowsMoveDeals { get; }

    public TimeSpan TimeBudget { get; }

    /// <summary>How often the timers fire while people work and things go wrong.</summary>
    public int Ticks { get; }

    /// <summary>The most seconds by which a machine's clock differs from the portal's.</summary>
    public int Skew { get; }

    private static double Pick(Random random, params double[] values) => values[random.Next(values.Length)];
}
