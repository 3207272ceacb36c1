using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Jobs;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>A client or a ticket, with what was sent for it.</summary>
internal sealed record OtmechalkaCard(long Id, string OriginId, JsonObject Body, IReadOnlyList<string> Groups);

/// <summary>What a job has stored; <paramref name="Available"/> is whether the storage answers.</summary>
internal sealed record JobView(
    string Job,
    bool Available,
    DateTimeOffset? Checkpoint,
    DateTimeOffset? LockedSince,
    IReadOnlyList<LedgerEntry> Ledger
)
{
    public static JobView Of(SyncJob job, JobSnapshot? stored) =>
        new(
            job.ToString(),
            stored is not null,
            stored?.State?.Checkpoint,
            stored?.LockedSince,
            [.. (stored?.Entries ?? []).OrderByDescending(entry => long.Parse(entry.Id, CultureInfo.InvariantCulture))]
        );
}

/// <summary>One run. <paramref name="Outcome"/> is spelled as in the contract, or <c>running</c>, or <c>error</c>.</summary>
internal sealed record RunView(
    int Number,
    string Job,
    string Trigger,
    DateTimeOffset Started,
    string Outcome,
    string? Reason,
    RunReport? Report
)
{
    public static RunView Of(LoggedRun run) =>
        new(
            run.Number,
            run.Job.ToString(),
            run.Trigger.ToString(),
            run.Started,
            run.Report is { } report ? RunLine.Of(report.Outcome)
                : run.IsUnderWay ? "running"
                : "error",
            run.Report?.Reason ?? run.Error,
            run.Report
        );
}

/// <summary>The faults, as the page shows them.</summary>
internal sealed record FaultView(bool OtmechalkaDown, bool Bitrix24Down, bool Bitrix24Limit, IReadOnlyCollection<string> Refused)
{
    public static FaultView Of(FaultSwitches faults) =>
        new(faults.OtmechalkaDown, faults.Bitrix24Down, faults.Bitrix24Limit, faults.Refused);
}

/// <summary>What a person switches; what is <see langword="null"/> stays as it is.</summary>
/// <param name="Refuse">The ID of a record that otmechalka refuses from now on.</param>
/// <param name="Accept">The ID of one that it refuses no more.</param>
internal sealed record FaultChange(bool? OtmechalkaDown, bool? Bitrix24Down, bool? Bitrix24Limit, string? Refuse, string? Accept)
{
    public void ApplyTo(FaultSwitches faults)
    {
        faults.OtmechalkaDown = OtmechalkaDown ?? faults.OtmechalkaDown;
        faults.Bitrix24Down = Bitrix24Down ?? faults.Bitrix24Down;
        faults.Bitrix24Limit = Bitrix24Limit ?? faults.Bitrix24Limit;
        faults.Refuse(Refuse, isRefused: true);
        faults.Refuse(Accept, isRefused: false);
    }
}

/// <summary>The timers, as the page shows them; it takes back only whether they are paused.</summary>
internal sealed record TimerView(bool Paused, double IntervalSeconds);

/// <summary>What a CRM was asked for.</summary>
internal sealed record TrafficView(int Requests, int Limited, int Faults)
{
    public static TrafficView Of(CrmEndpoint endpoint) =>
        endpoint.Traffic is var traffic ? new(traffic.Requests, traffic.RateLimited, traffic.Faults) : null!;
}

/// <summary>The values that fields of the forms can take.</summary>
internal sealed record ChoiceView(
    IReadOnlyList<ListItem> Products,
    IReadOnlyList<ListItem> Branches,
    IReadOnlyList<ListItem> DealBranches,
    IReadOnlyList<ListItem> PaymentMethods,
    IReadOnlyList<ListItem> Sellers,
    IReadOnlyList<string> Tickets,
    IReadOnlyDictionary<string, string> BranchOffices,
    IReadOnlyDictionary<string, string> Courses
)
{
    public static ChoiceView Of(SandboxCrms crms)
    {
        var (contact, deal) = (crms.Portal.Contacts.Schema, crms.Portal.Deals.Schema);
        return new ChoiceView(
            contact.Get(SampleFields.Product).Items,
            contact.Get(SampleFields.Branch).Items,
            deal.Get(SampleFields.Branch).Items,
            deal.Get(SampleFields.PaymentMethod).Items,
            [
                .. crms.Portal.Users.Select(user => new ListItem(
                    user.Id.ToString(CultureInfo.InvariantCulture),
                    $"{user.Name} {user.LastName}".Trim()
                )),
            ],
            [.. crms.Otmechalka.Options.TicketTypes.Keys],
            crms.Otmechalka.Options.BranchOffices,
            crms.Otmechalka.Options.Courses
        );
    }
}
