using B24Otmechalka.Benchmarks.Emulation;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>What a measured process has to do.</summary>
/// <param name="Task">The name of one of <see cref="Worker"/>'s tasks.</param>
/// <param name="Crms">How the emulated CRMs are reached.</param>
internal sealed record WorkOrder(string Task, SandboxAddresses Crms)
{
    /// <summary>The storage; <see langword="null"/> where none is needed.</summary>
    public string? Storage { get; init; }

    /// <summary>The table in it.</summary>
    public string Table { get; init; } = "Benchmark";

    /// <summary>The look-back; <see langword="null"/>: the default.</summary>
    public string? LookBack { get; init; }

    /// <summary>Whether it need not keep to the portal's rate limit.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>Records to write to, IDs 1 to this; for tasks that take them.</summary>
    public int Records { get; init; }
}

/// <summary>What it came to.</summary>
internal sealed record WorkResult
{
    public double WallSeconds { get; init; }

    public double CpuSeconds { get; init; }

    public double PeakMegabytes { get; init; }

    /// <summary>Records read, in order and each once; or records handled.</summary>
    public long Records { get; init; }

    /// <summary>Whether the records came ascending by time.</summary>
    public bool InOrder { get; init; } = true;

    /// <summary>The IDs of records whose failure was reported as theirs.</summary>
    public IReadOnlyList<long> Failures { get; init; } = [];

    /// <summary>Calls to the storage.</summary>
    public int StorageCalls { get; init; }

    /// <summary>How the run ended; <see langword="null"/> when there was none.</summary>
    public string? Outcome { get; init; }
}
