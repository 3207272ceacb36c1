using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// What a run is going to read: where its window starts, whether it is a full resync, which ledger entries are due. Pure: made from what is
/// stored, the configuration and the clock. The run follows it; the operator's commands show the same plan.
/// </summary>
internal sealed record RunPlan
{
    /// <summary>Our clock when the plan was made.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// Cards modified at this moment or earlier are never read, not even by a full resync; only a change brings them in. The start date,
    /// where the settings or <c>rewind</c> give no other: a card that was created later was also modified later.
    /// </summary>
    public required DateTimeOffset StartBound { get; init; }

    /// <summary>The window holds the cards modified strictly after this moment.</summary>
    public required DateTimeOffset ReadAfter { get; init; }

    /// <summary>Whether everything since the start bound is read again.</summary>
    public required bool IsFullResync { get; init; }

    /// <summary>Whether the mapping or the start date is not that of the last run (always so in the first run).</summary>
    public required bool IsConfigurationChanged { get; init; }

    /// <summary>When the next full resync begins, unless the configuration changes before.</summary>
    public required DateTimeOffset NextFullResync { get; init; }

    /// <summary>The state that the run's window begins with; stored with the window's first transaction.</summary>
    public required JobState State { get; init; }

    /// <summary>Makes the plan.</summary>
    /// <param name="stored">How far the job has come; <see langword="null"/> when it has never run.</param>
    /// <param name="configurationHash">The hash of the present mapping and start date.</param>
    /// <param name="jobStart">Where the job's checkpoint starts, when the settings give one of its own.</param>
    /// <param name="options">The start date and the interval of full resyncs.</param>
    /// <param name="now">Our clock.</param>
    public static RunPlan For(JobState? stored, string configurationHash, DateTimeOffset? jobStart, SyncOptions options, DateTimeOffset now)
    {
        var state = stored ?? new JobState();
        // The setting counts only until there is a checkpoint. A bound later than the checkpoint was stored by no version of ours.
        var jobBound =
            state.Checkpoint is null ? jobStart
            : state.StartBound <= state.Checkpoint ? state.StartBound
            : null;
        var startBound = jobBound ?? options.StartDate;
        var isChanged = state.ConfigurationHash != configurationHash;
        var isFullResync = isChanged || !(now - state.FullResyncAt < options.FullResyncInterval);
        var readAfter = isFullResync ? startBound : state.ReadAfter ?? startBound;
        var resyncAt = isFullResync ? now : state.FullResyncAt;
        return new RunPlan
        {
            Now = now,
            StartBound = startBound,
            ReadAfter = readAfter,
            IsFullResync = isFullResync,
            IsConfigurationChanged = isChanged,
            NextFullResync = isFullResync ? now : resyncAt!.Value + options.FullResyncInterval,
            State = state with
            {
                StartBound = jobBound,
                Checkpoint = state.Checkpoint ?? startBound.ToOffset(options.StartDate.Offset),
                ReadAfter = readAfter,
                FullResyncAt = resyncAt,
                IsResyncing = isFullResync || state.IsResyncing,
                // A full resync looks at every card, also at one that looks as it did.
                SeenVersions = isFullResync ? [] : state.SeenVersions,
                RowsInWindow = isFullResync ? 0 : state.RowsInWindow,
            },
        };
    }

    /// <summary>Whether the run looks at the entry's record before it reads the window.</summary>
    public bool IsDue(LedgerEntry entry) => entry.IsPending && (IsConfigurationChanged || entry.IsDueAt(Now));

    /// <summary>Whether the checkpoint had passed a card that was modified then.</summary>
    public bool HasPassed(DateTimeOffset modified) => modified <= State.Checkpoint;

    /// <summary>Whether the window holds a card that was modified then.</summary>
    public bool Reads(DateTimeOffset modified) => modified > ReadAfter;
}
