using B24Otmechalka.Core;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Jobs;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>Everything the page shows, at one moment.</summary>
internal sealed record PageState
{
    /// <summary>The version and commit of the product.</summary>
    public string Version { get; } = ProductVersion.Text;

    public required IReadOnlyList<ContactCard> Contacts { get; init; }

    public required IReadOnlyList<DealCard> Deals { get; init; }

    public required IReadOnlyList<OtmechalkaCard> Clients { get; init; }

    public required IReadOnlyList<OtmechalkaCard> Tickets { get; init; }

    /// <summary>Both jobs, contacts first.</summary>
    public required IReadOnlyList<JobView> Jobs { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<RunView> Runs { get; init; }

    public required FaultView Faults { get; init; }

    public required TimerView Timers { get; init; }

    public required ChoiceView Choices { get; init; }

    public required TrafficView Bitrix24 { get; init; }

    public required TrafficView Otmechalka { get; init; }

    public static async Task<PageState> ReadAsync(
        RunningSandbox sandbox,
        FaultSwitches faults,
        JobTimers timers,
        CancellationToken cancellationToken
    )
    {
        var (crms, portal) = (sandbox.Crms, sandbox.Crms.Portal);
        var ledgers = await Task.WhenAll(
            sandbox.Jobs.InspectAsync(SyncJob.Contacts, cancellationToken),
            sandbox.Jobs.InspectAsync(SyncJob.Deals, cancellationToken)
        );
        return new PageState
        {
            Contacts = [.. portal.Contacts.Ids.Select(id => ContactCard.Read(portal, id))],
            Deals = [.. portal.Deals.Ids.Select(id => DealCard.Read(portal, id))],
            Clients =
            [
                .. crms.Otmechalka.Store.Clients.Select(client => new OtmechalkaCard(
                    client.Id,
                    client.OriginId,
                    client.Body,
                    client.Groups
                )),
            ],
            Tickets =
            [
                .. crms.Otmechalka.Store.Tickets.Select(ticket => new OtmechalkaCard(
                    ticket.Id,
                    ticket.OriginId,
                    ticket.Body,
                    ticket.Groups
                )),
            ],
            Jobs = [JobView.Of(SyncJob.Contacts, ledgers[0]), JobView.Of(SyncJob.Deals, ledgers[1])],
            Runs = [.. sandbox.Jobs.Log.Runs.Reverse().Take(30).Select(RunView.Of)],
            Faults = FaultView.Of(faults),
            Timers = new TimerView(timers.IsPaused, timers.Interval.TotalSeconds),
            Choices = ChoiceView.Of(crms),
            Bitrix24 = TrafficView.Of(crms.Bitrix24Endpoint),
            Otmechalka = TrafficView.Of(crms.OtmechalkaEndpoint),
        };
    }
}
