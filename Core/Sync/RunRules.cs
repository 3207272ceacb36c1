using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// The rules that look at several records in a row: when otmechalka as a whole is unavailable, although each answer could be its record's
/// own fault. Records are judged in their order, whatever order their answers came in, so that the outcome is that of one record after
/// another. Each part of a run (what is due, the window, late creates) has a pipeline and with it rules of its own: the count begins anew.
/// </summary>
internal sealed class RunRules
{
    /// <summary>So many records in a row that get a 500 are otmechalka's failure and not theirs (docs/spec.md, section 9).</summary>
    public const int ServerErrorsInARow = 5;

    /// <summary>
    /// A create without an answer is its record's matter; a second one is otmechalka's, unless it has answered another record in between,
    /// and not with a 500.
    /// </summary>
    public const int UnclearInARow = 2;

    /// <summary>
    /// So many records are held back at most, most of them with nothing to send: then the 500s among them are their records' own. They
    /// would else fill the memory, and nothing would be stored.
    /// </summary>
    public const int MostHeldBack = 2400;

    private readonly List<SyncItem> heldBack = [];
    private int serverErrors;
    private int unclear;

    /// <summary>What may be stored of some records.</summary>
    /// <param name="Passed">Records whose outcome stands: they are stored, and the window moves on past them.</param>
    /// <param name="Remembered">
    /// Records behind a failure that otmechalka has taken, or may have: stored, so that nothing is sent twice, but not passed.
    /// </param>
    /// <param name="Failure">What ends the run.</param>
    /// <param name="FirstUnpassed">The first record that was begun and not passed.</param>
    public sealed record Judgement(
        IReadOnlyList<SyncItem> Passed,
        IReadOnlyList<SyncItem> Remembered,
        Exception? Failure,
        SyncItem? FirstUnpassed
    );

    /// <summary>Judges the next records in their order.</summary>
    /// <param name="items">The records; each was delivered, or failed, or needed no delivery.</param>
    /// <param name="isBrokenOff">
    /// Whether what was under way was broken off by the run itself, so that missing answers say nothing of otmechalka.
    /// </param>
    public Judgement Judge(IReadOnlyList<SyncItem> items, bool isBrokenOff)
    {
        var passed = new List<SyncItem>();
        for (var i = 0; i < items.Count; i++)
        {
            if (FailureOf(items[i], isBrokenOff) is { } failure)
            {
                // Behind a failure nothing is passed; the records held back are part of what failed.
                var first = heldBack.FirstOrDefault() ?? items[i];
                var remembered = heldBack.Concat(items.Skip(i)).Where(item => item.Delivery is { IsServerError: false }).ToList();
                heldBack.Clear();
                return new Judgement(passed, remembered, failure, first);
            }

            if (heldBack.Count > 0 || IsNewServerError(items[i]))
            {
                heldBack.Add(items[i]);
            }
            else
            {
                passed.Add(items[i]);
            }

            if (items[i].Delivery is { IsServerError: false } || heldBack.Count == MostHeldBack)
            {
                passed.AddRange(Release());
            }
        }

        return new Judgement(passed, [], null, null);
    }

    /// <summary>No more records come: the 500s are fewer in a row than would be otmechalka's failure.</summary>
    public IReadOnlyList<SyncItem> Release()
    {
        var released = heldBack.ToList();
        heldBack.Clear();
        serverErrors = 0;
        return released;
    }

    private Exception? FailureOf(SyncItem item, bool isBrokenOff)
    {
        switch (item)
        {
            case { Failure: { } failure }:
                return failure;
            case { Delivery.IsServerError: true } when !IsNewServerError(item):
                return null;
            case { Delivery.IsServerError: true }:
                return ++serverErrors < ServerErrorsInARow ? null : Unavailable($"HTTP 500 for {ServerErrorsInARow} records in a row");
            case { Delivery: { Outcome: RecordOutcome.Unclear } delivery }:
                return delivery.EndsRun
                    ?? (++unclear < UnclearInARow || isBrokenOff ? null : Unavailable(delivery.Code ?? UnavailableException.Connection));
            case { Delivery: not null }:
                unclear = 0;
                return null;
            default:
                return null; // nothing was sent, so nothing was learned
        }
    }

    // One that got a 500 before, when otmechalka was there, and gets it again, says nothing of otmechalka. Records that are due are such as
    // failed: in their list five would stand in a row that were none among the others, and would end each run before its window.
    private static bool IsNewServerError(SyncItem item) =>
        item.Delivery is { IsServerError: true } delivery
        && !(item.Entry is { Outcome: RecordOutcome.Refused, Code: { } code } && code == delivery.Code);

    private static UnavailableException Unavailable(string code) => new(RequestMeter.Otmechalka, code);
}
