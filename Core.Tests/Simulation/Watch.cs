using System.Globalization;
using Azure.Data.Tables;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Rest;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// Checks at every step what must never happen: the checkpoint goes back, something is created without a search, a status is
/// written over an edit, the lock is refused for no reason, a secret or a person's data are stored or logged.
/// </summary>
internal sealed class Watch
{
    /// <summary>A killed process frees its lock within 90 seconds (docs/spec.md, section 9).</summary>
    private static readonly TimeSpan LockIsFreeAfter = TimeSpan.FromSeconds(90);

    private readonly SimulatedWorld world;
    private readonly Dictionary<string, DateTimeOffset> checkpoints = [];
    private readonly Dictionary<SyncJob, (string? Owner, DateTimeOffset At)> locks = [];
    private readonly Dictionary<SyncJob, string> lastOwner = [];
    private readonly HashSet<string> superseded = [];
    private readonly HashSet<(string Job, string Id)> serverErrors = [];
    private readonly Dictionary<string, SimulatedProcess> processes = [];
    private readonly Dictionary<(SyncJob Kind, string Id), int> sent = [];
    private readonly Dictionary<(SyncJob Kind, string Id), int> calmWrites = [];

    public Watch(SimulatedWorld world)
    {
        this.world = world;
        Logs = new LogWatch(Inspect);
        world.Table.OnStored = Stored;
        world.Crms.Portal.OnCommand = Command;
    }

    public LogWatch Logs { get; }

    /// <summary>The first thing that must never happen and did.</summary>
    public string? Violation { get; private set; }

    /// <summary>Records that something went wrong with, so that they may have to wait for their next try.</summary>
    public HashSet<(SyncJob Kind, string Id)> Troubled { get; } = [];

    /// <summary>Whether people and faults have stopped.</summary>
    public bool IsCalm { get; set; }

    public void Fail(string violation)
    {
        Violation ??= violation;
        world.Trace.Add("VIOLATION " + violation);
    }

    public void Know(SimulatedProcess process) => processes[process.Token] = process;

    /// <summary>When a request about the record last left any process, by <see cref="Trace.Sequence"/>; -1: never.</summary>
    public int LastSent(SyncJob kind, string id) => sent.GetValueOrDefault((kind, id), -1);

    public IEnumerable<SimulatedRun> Running(SyncJob job) =>
        processes.Values.Where(process => !process.IsDead).Select(process => process.Runs.GetValueOrDefault(job)).OfType<SimulatedRun>();

    /// <summary>A request leaves a process.</summary>
    public void Sent(SimulatedProcess process, SimulatedRun? run, OtmechalkaCall call)
    {
        world.Trace.Add($"{process} {call}");
        if (run is null)
        {
            return; // a deal's client is looked for
        }

        sent[(call.Kind, call.Id)] = run.Sent[call.Id] = world.Trace.Sequence;
        if (call.IsCreate && (!run.Searched.Remove(call.Id) || run.Unclear.Contains(call.Id)))
        {
            Fail(
                $"{process}: {call} {(run.Unclear.Contains(call.Id) ? "again, after one without an answer" : "without a search before it")}"
            );
        }

        if (!call.IsSearch && lastOwner.TryGetValue(call.Kind, out var owner) && !run.Owners.Contains(owner))
        {
            Fail($"{process}: {call}, although another run has taken its lock over");
        }

        if (call is { IsCreate: true, Kind: SyncJob.Deals } && run.NotWon.Contains(call.Id))
        {
            Fail($"{process}: {call}, although the deal was not won any more when its details were read");
        }
    }

    /// <summary>An answer reaches a process.</summary>
    public void Answered(SimulatedProcess process, SimulatedRun? run, OtmechalkaCall? call, int status)
    {
        if (call is null)
        {
            return;
        }

        world.Trace.Add($"{process} {call}: {status}");
        if (run is not null)
        {
            run.GotOtherThanFailure |= status != 500 && !call.IsSearch;
            if (call.IsSearch)
            {
                run.Searched.Add(call.Id);
            }
            else if (call.IsCreate && status is 502 or 504)
            {
                run.Unclear.Add(call.Id);
            }
        }

        if (status is not (200 or 404))
        {
            Troubled.Add((call.Kind, call.Id));
        }

        if (
            run?.IsCalm == true
            && status == 200
            && !call.IsSearch
            && (calmWrites[(call.Kind, call.Id)] = calmWrites.GetValueOrDefault((call.Kind, call.Id)) + 1) > 1
        )
        {
            Fail($"{call} again, although nothing has changed");
        }
    }

    /// <summary>A request ends without an answer.</summary>
    public void Unanswered(SimulatedProcess process, SimulatedRun? run, OtmechalkaCall? call, Exception error)
    {
        if (call is not null)
        {
            world.Trace.Add($"{process} {call}: {error.GetType().Name}");
            Troubled.Add((call.Kind, call.Id));
            if (call.IsCreate)
            {
                run?.Unclear.Add(call.Id);
            }
        }
    }

    /// <summary>A run ends.</summary>
    public void Ended(SimulatedProcess process, SimulatedRun run, RunReport report)
    {
        world.Trace.Add(
            $"{process} {run.Job} {report.Outcome} {report.Reason} read {report.Read} b24 {report.Bitrix24Requests} otm "
                + $"{report.OtmechalkaRequests} written {report.StatusesWritten} owed {report.StatusesOwed}"
        );
        if (report.Outcome == RunOutcome.AlreadyRunning && !run.SawOther)
        {
            Fail($"{process} {run.Job}: is told that another run holds the lock, and none does");
        }

        if (report is { Outcome: RunOutcome.Interrupted, Reason: "the lock could not be held" } && world.Climate.StorageFaults == 0)
        {
            Fail($"{process} {run.Job}: loses its lock, although nothing is wrong with the storage");
        }

        if (run.StoredAsFailed.Count > 2 * 4 && !run.GotOtherThanFailure)
        {
            Fail($"{process} {run.Job}: otmechalka answered nothing but 500, and {run.StoredAsFailed.Count} records are refused for it");
        }
    }

    /// <summary>A run begins: who holds the lock now?</summary>
    public void Began(SimulatedRun run)
    {
        var (owner, at) = locks.GetValueOrDefault(run.Job);
        run.SawOther = owner is not null && world.Time.GetUtcNow() - at <= LockIsFreeAfter;
    }

    // Directly before a command is carried out.
    private void Command(RestCall call)
    {
        var kind = call.Method.StartsWith("crm.contact", StringComparison.Ordinal) ? SyncJob.Contacts : SyncJob.Deals;
        var process = processes[call.Webhook.Token];
        if (process.Runs.GetValueOrDefault(kind) is not { } run)
        {
            return;
        }

        if (call.Method.EndsWith(".list", StringComparison.Ordinal))
        {
            run.Listed = call.Array("filter").TryGet("@ID", out var ids) ? run.Listed : world.Trace.Sequence;
            foreach (var id in ids is null ? [] : PhpValue.Many(ids).Select(PhpValue.Text))
            {
                run.Looked[id] = world.Trace.Sequence;
            }
        }
        else if (call.Method == "crm.deal.productrows.get")
        {
            var id = call.Id!.Value;
            _ =
                world.Cards(kind).Exists(id) && world.Cards(kind).Text(id, "STAGE_ID") == "WON"
                    ? run.NotWon.Remove(People.Text(id))
                    : run.NotWon.Add(People.Text(id));
        }
        else if (call.Method.EndsWith(".update", StringComparison.Ordinal))
        {
            Written(process, run, kind, call);
        }
    }

    private void Written(SimulatedProcess process, SimulatedRun run, SyncJob kind, RestCall call)
    {
        var id = PhpValue.Text(call.Parameters["id"]);
        world.Trace.Add($"{process} writes {kind} {id}");
        // Between the look at the card and the write there is a moment that no API of Bitrix24 closes.
        var (edited, looked) = (world.People.StatusEdited(kind, id), run.Looked.GetValueOrDefault(id, -1));
        if (run.Sent.TryGetValue(id, out var sent) && edited > sent && edited > run.Listed && !(looked > sent && looked < edited))
        {
            Fail($"{process}: the status of {kind} {id} is written over a person's edit of the field");
        }
    }

    private void Stored(TableEntity entity)
    {
        var run = world.Storage.CallerOf(JobOf(entity.PartitionKey));
        switch (entity.RowKey)
        {
            case "!lock":
                Locked(JobOf(entity.PartitionKey), run, entity.GetString("Owner"), entity.GetString("Commit").Split(':')[0]);
                break;
            case "!state":
                Advance(entity.PartitionKey, entity.GetString("Checkpoint"));
                break;
            default:
                NoteServerError(entity, run);
                break;
        }

        foreach (var (_, value) in entity)
        {
            if (value is string text)
            {
                Inspect(text);
            }
        }
    }

    // Whose last try got a 500, too, may get one again: that says nothing of otmechalka.
    private void NoteServerError(TableEntity entity, SimulatedRun? run)
    {
        var record = (entity.PartitionKey, entity.RowKey[2..]);
        var isFailed = entity.GetString("Outcome") == "Refused" && entity.GetString("Code") == "HTTP 500";
        if (isFailed && !serverErrors.Contains(record))
        {
            run?.StoredAsFailed.Add(entity.RowKey);
        }

        _ = isFailed ? serverErrors.Add(record) : serverErrors.Remove(record);
    }

    private void Locked(SyncJob job, SimulatedRun? run, string? owner, string writer)
    {
        if (superseded.Contains(writer))
        {
            Fail($"{job}: a run stores something although another one has taken its lock over");
        }

        if (lastOwner.TryGetValue(job, out var last) && last != writer)
        {
            superseded.Add(last);
            if (
                locks[job].Owner is not null
                && world.Climate.StorageFaults == 0
                && Running(job).Any(other => other != run && other.Owners.Contains(last))
            )
            {
                Fail($"{job}: the lock is taken over from a run that goes on");
            }
        }

        (lastOwner[job], locks[job]) = (writer, (owner, world.Time.GetUtcNow()));
        run?.Owners.Add(writer);
        foreach (var other in Running(job).Where(other => owner is not null && !other.Owners.Contains(owner)))
        {
            other.SawOther = true;
        }
    }

    private void Advance(string job, string? text)
    {
        if (text is null)
        {
            return;
        }

        var checkpoint = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        if (checkpoints.TryGetValue(job, out var before) && checkpoint < before)
        {
            Fail($"the checkpoint of {job} goes back from {before:O} to {checkpoint:O}");
        }

        checkpoints[job] = checkpoint;
    }

    private void Inspect(string text)
    {
        if (Array.Exists(People.Secrets, secret => text.Contains(secret, StringComparison.Ordinal)) || People.PhoneAsSent().IsMatch(text))
        {
            Fail("a secret or a person's data are stored or logged: " + text);
        }
    }

    private static SyncJob JobOf(string partition) => partition == SyncJob.Contacts.Name() ? SyncJob.Contacts : SyncJob.Deals;
}
