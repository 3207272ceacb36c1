using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>How a record in both CRMs compares.</summary>
public enum Comparison
{
    /// <summary>otmechalka does not have it.</summary>
    Missing,

    /// <summary>otmechalka holds other values.</summary>
    Different,

    /// <summary>otmechalka did not say.</summary>
    Unclear,

    /// <summary>otmechalka does not have it, because its client is not there yet: it follows by itself.</summary>
    WaitsForClient,
}

/// <summary>A record that is not as it should be in otmechalka.</summary>
/// <param name="Id">Its ID in Bitrix24.</param>
/// <param name="Comparison">How it compares.</param>
/// <param name="Fields">The names of the members that differ.</param>
/// <param name="Ledger">What became of it when it was last handled; <see langword="null"/> when it never was.</param>
/// <param name="Code">Why it failed then, or what otmechalka answered now.</param>
public sealed record Discrepancy(string Id, Comparison Comparison, IReadOnlyList<string> Fields, RecordOutcome? Ledger, string? Code);

/// <summary>Both CRMs compared, record by record.</summary>
public sealed record Reconciliation
{
    /// <summary>The job.</summary>
    public required SyncJob Job { get; init; }

    /// <summary>Records in Bitrix24 that count.</summary>
    public int Read { get; init; }

    /// <summary>Of them, those with only unsupported products or branches.</summary>
    public int OutOfScope { get; init; }

    /// <summary>Of them, those that break the format or whose details Bitrix24 does not give.</summary>
    public int Invalid { get; init; }

    /// <summary>Of them, those that otmechalka has as they should be.</summary>
    public int There { get; init; }

    /// <summary>Of them, deals that follow as soon as their client is there.</summary>
    public int Waiting { get; init; }

    /// <summary>The others.</summary>
    public IReadOnlyList<Discrepancy> Discrepancies { get; init; } = [];

    /// <summary>Records no run has handled yet.</summary>
    public int UnknownToLedger { get; init; }

    /// <summary>Records that otmechalka has taken and Bitrix24 does not have any more (deleted, or merged into another).</summary>
    public IReadOnlyList<string> UnknownToBitrix24 { get; init; } = [];

    /// <summary>
    /// Records that otmechalka has taken and that are in Bitrix24, but in a stage that does not count, or created too early.
    /// </summary>
    public IReadOnlyList<string> NotEligibleAnyMore { get; init; } = [];

    /// <summary>What is missing or different.</summary>
    public IEnumerable<string> ToMend => Discrepancies.Where(one => one.Comparison != Comparison.Unclear).Select(one => one.Id);
}
