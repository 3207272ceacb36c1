using System.Runtime.CompilerServices;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>Read: cards from Bitrix24, each with what the ledger knows of it.</summary>
internal sealed class ReadStage(
    JobDefinition job,
    Bitrix24Client bitrix24,
    LedgerSession ledger,
    Fingerprints fingerprints,
    RunTally tally,
    ILogger logger
)
{
    /// <summary>So many records are read, mapped and looked up at once: the details of so many deals fit one request.</summary>
    public const int RecordsAtOnce = 48;

    private readonly WindowReader window = new(bitrix24, job.Table);
    private readonly HashSet<string> reported = [];

    /// <summary>Reads cards by their IDs.</summary>
    public CardLookup Lookup { get; } = new(bitrix24, job.Table);

    /// <summary>
    /// The portal's clock when the window was read; <see langword="null"/> before its first answer, or when the portal does not tell.
    /// </summary>
    public DateTimeOffset? PortalTime => window.PortalTime;

    /// <summary>The cards of the window, ascending by modification, in portions.</summary>
    /// <param name="plan">What the run reads.</param>
    /// <param name="progress">Knows the versions that need no look.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Http.UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async IAsyncEnumerable<IReadOnlyList<SyncItem>> WindowAsync(
        RunPlan plan,
        WindowProgress progress,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var taken = new HashSet<string>();
        var waiting = new List<Card>();
        await foreach (var portion in window.ReadAsync(plan.ReadAfter, plan.State.RowsInWindow, cancellationToken))
        {
            progress.PortalTime ??= PortalTime;
            Report(portion.Unreadable);
            // A card that comes a second time has moved since the window was fixed: it is the next run's.
            waiting.AddRange(portion.Cards.Where(card => taken.Add(card.Id)));
            for (; waiting.Count >= RecordsAtOnce; waiting.RemoveRange(0, RecordsAtOnce))
            {
                yield return await ItemsAsync(waiting[..RecordsAtOnce], plan, progress, cancellationToken);
            }
        }

        if (waiting.Count > 0)
        {
            yield return await ItemsAsync(waiting, plan, progress, cancellationToken);
        }
    }

    /// <summary>Reads records by their IDs as they are now, because the ledger owes them something.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<DueRecords> DueAsync(IReadOnlyCollection<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        var byId = entries.ToDictionary(entry => entry.Id);
        var found = await Lookup.ReadAsync(byId.Keys, cancellationToken);
        Report(found.Unreadable);
        return new DueRecords(
            [
                .. found.Eligible.Select(card => new SyncItem(
                    card,
                    job.Table.StatusField,
                    byId[card.Id],
                    ItemSource.Due,
                    SyncItem.VersionOf(card, fingerprints)
                )),
            ],
            [.. found.NotEligible.Select(card => byId[card.Id])],
            [.. found.Missing.Select(id => byId[id])]
        );
    }

    // A row that cannot be followed is its own matter: it is told of, counts as failed, and the others go on (docs/spec.md, section 6).
    private void Report(IEnumerable<UnreadableRow> rows)
    {
        foreach (var row in rows.Where(row => reported.Add(row.Key)))
        {
            SyncLog.RecordUnreadable(logger, job.Job.Name(), row.Id ?? "without an ID", row.Reason);
            tally.Unreadable(1);
        }
    }

    private async Task<IReadOnlyList<SyncItem>> ItemsAsync(
        IReadOnlyList<Card> cards,
        RunPlan plan,
        WindowProgress progress,
        CancellationToken cancellationToken
    )
    {
        var versions = cards.Select(card => SyncItem.VersionOf(card, fingerprints)).ToList();
        var entries = await ledger.ReadAsync(
            [.. cards.Zip(versions).Where(pair => !progress.IsSeenBefore(pair.Second)).Select(pair => pair.First.Id)],
            cancellationToken
        );
        return
        [
            .. cards.Zip(
                versions,
                (card, version) =>
                    new SyncItem(
                        card,
                        job.Table.StatusField,
                        entries.GetValueOrDefault(card.Id),
                        progress.IsSeenBefore(version) ? ItemSource.SeenBefore : ItemSource.Window,
                        version
                    )
                    {
                        IsPassed = plan.HasPassed(card.Modified),
                    }
            ),
        ];
    }
}

/// <summary>Records that the ledger owes something, as Bitrix24 shows them now.</summary>
/// <param name="Items">Those that are eligible.</param>
/// <param name="NotEligible">Those that are in Bitrix24 and not eligible any more.</param>
/// <param name="Missing">Those that Bitrix24 does not show.</param>
internal sealed record DueRecords(
    IReadOnlyList<SyncItem> Items,
    IReadOnlyList<LedgerEntry> NotEligible,
    IReadOnlyList<LedgerEntry> Missing
);
