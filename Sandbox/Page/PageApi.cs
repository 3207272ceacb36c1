using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Jobs;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>
/// What the page can ask for and do, as JSON below <c>/sandbox/api/</c>: what a person does in either CRM, and a little more.
/// </summary>
internal sealed class PageApi(RunningSandbox sandbox, FaultSwitches faults, JobTimers timers)
{
    private readonly SandboxCrms crms = sandbox.Crms;

    public void Map(WebApplication application)
    {
        var api = application.MapGroup("/sandbox/api");
        api.MapGet("state", (CancellationToken cancellationToken) => PageState.ReadAsync(sandbox, faults, timers, cancellationToken));
        api.MapPost("contacts", (ContactCard card) => Written(card.Write(crms.Portal, null)));
        api.MapPost(
            "contacts/{id:long}",
            (long id, ContactCard card) => Change(crms.Portal.Contacts, id, () => card.Write(crms.Portal, id))
        );
        api.MapPost("contacts/{id:long}/clear-status", (long id) => ClearStatus(crms.Portal.Contacts, id));
        api.MapPost("deals", (DealCard card) => Written(card.Write(crms.Portal, null)));
        api.MapPost("deals/{id:long}", (long id, DealCard card) => Change(crms.Portal.Deals, id, () => card.Write(crms.Portal, id)));
        api.MapPost("deals/{id:long}/clear-status", (long id) => ClearStatus(crms.Portal.Deals, id));
        api.MapPost(
            "clients/{id}/delete",
            (string id) => crms.Otmechalka.Store.DeleteClient(id) ? Results.NoContent() : Results.NotFound()
        );
        api.MapPost(
            "tickets/{id}/delete",
            (string id) => crms.Otmechalka.Store.DeleteTicket(id) ? Results.NoContent() : Results.NotFound()
        );
        api.MapPost("faults", (FaultChange change) => change.ApplyTo(faults));
        api.MapPost("timers", (TimerView wanted) => timers.IsPaused = wanted.Paused);

        // A run goes on when the page that asked for it is closed, and ends with the sandbox.
        var stopping = application.Lifetime.ApplicationStopping;
        api.MapPost("jobs/contacts/run", () => RunAsync(SyncJob.Contacts, stopping));
        api.MapPost("jobs/deals/run", () => RunAsync(SyncJob.Deals, stopping));
    }

    private async Task<RunView> RunAsync(SyncJob job, CancellationToken stopping) =>
        RunView.Of(await sandbox.Jobs.RunAsync(job, RunTrigger.Person, stopping));

    private static IResult ClearStatus(EntityStore records, long id) =>
        Change(
            records,
            id,
            () =>
            {
                records.Edit(id, [KeyValuePair.Create(SampleFields.Status, (object?)"")]);
                return id;
            }
        );

    private static IResult Change(EntityStore records, long id, Func<long> change) =>
        records.Exists(id) ? Written(change()) : Results.NotFound();

    private static IResult Written(long id) => Results.Ok(new { id });
}
