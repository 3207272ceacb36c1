using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>What is known of one run of a job from outside it.</summary>
internal sealed class SimulatedRun(SyncJob job, int begun, bool isCalm)
{
    public SyncJob Job => job;

    /// <summary>Whether people and faults had stopped when it began.</summary>
    public bool IsCalm => isCalm;

    /// <summary>When it began, by <see cref="Trace.Sequence"/>.</summary>
    public int Begun => begun;

    /// <summary>Ends when a call to the storage fails: what the run does after that, it may not be able to note.</summary>
    public TaskCompletionSource StorageFailed { get; } = new();

    /// <summary>Records searched in otmechalka since they were last created.</summary>
    public HashSet<string> Searched { get; } = [];

    /// <summary>Records whose create got no answer.</summary>
    public HashSet<string> Unclear { get; } = [];

    /// <summary>When a request about a record last left.</summary>
    public Dictionary<string, int> Sent { get; } = [];

    /// <summary>When its window was last read.</summary>
    public int Listed { get; set; } = -1;

    /// <summary>When a card was last read by its ID.</summary>
    public Dictionary<string, int> Looked { get; } = [];

    /// <summary>Deals that were not won any more when their details were read.</summary>
    public HashSet<string> NotWon { get; } = [];

    /// <summary>Owners under which it has written the lock's row.</summary>
    public HashSet<string> Owners { get; } = [];

    /// <summary>Whether another run held the lock at some time while it ran.</summary>
    public bool SawOther { get; set; }

    /// <summary>Entries it has stored as refused with a 500, and that were not before.</summary>
    public HashSet<string> StoredAsFailed { get; } = [];

    /// <summary>Whether otmechalka has given it any answer but a 500.</summary>
    public bool GotOtherThanFailure { get; set; }
}
