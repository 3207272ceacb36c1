using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Sandbox.Once;

/// <summary>What is known of one sample record after a run, in both CRMs and in the ledger. The people are invented.</summary>
/// <param name="Who">Pupil or title.</param>
/// <param name="Why">The sample's comment: what the record is there for.</param>
/// <param name="Entry">The ledger's; <see langword="null"/> when no run has looked at the record.</param>
/// <param name="Status">What managers see in Bitrix24.</param>
/// <param name="Otmechalka">What otmechalka has of it; <see langword="null"/> for nothing.</param>
internal sealed record RecordView(SyncJob Job, string Id, string Who, string Why, LedgerEntry? Entry, string? Status, string? Otmechalka)
{
    public string Outcome =>
        Entry?.Outcome switch
        {
            null => "not eligible",
            RecordOutcome.Delivered => Job == SyncJob.Contacts ? "client created" : "ticket created",
            RecordOutcome.OutOfScope => "out of scope",
            RecordOutcome.Invalid => "wrong format",
            RecordOutcome.Refused => "refused",
            RecordOutcome.WaitsForClient => "waits for its client",
            { } other => other.ToString(),
        };

    public static RecordView Read(SyncJob job, long id, JobSnapshot? ledger, SandboxCrms crms)
    {
        var records = job == SyncJob.Contacts ? crms.Portal.Contacts : crms.Portal.Deals;
        var key = id.ToString(CultureInfo.InvariantCulture);
        return new RecordView(
            job,
            key,
            job == SyncJob.Contacts ? Pupil(records, id) : records.Text(id, "TITLE") ?? "",
            records.Text(id, "COMMENTS") ?? "Worked example of the specification",
            ledger?.Entries.FirstOrDefault(entry => entry.Id == key),
            records.Text(id, SampleFields.Status),
            job == SyncJob.Contacts ? Client(crms, key) : Ticket(crms, key)
        );
    }

    private static string Pupil(EntityStore contacts, long id)
    {
        var pupil =
            $"{contacts.Text(id, SampleFields.StudentLastName)?.Trim()} {contacts.Text(id, SampleFields.StudentFirstName)?.Trim()}".Trim();
        return pupil.Length > 0 ? pupil : $"{contacts.Text(id, "LAST_NAME")} {contacts.Text(id, "NAME")} (parent)".Trim();
    }

    private static string? Client(SandboxCrms crms, string id) =>
        crms.Otmechalka.Store.FindClient(id) is { } client
            ? $"client {client.Id}: {client["last_name"]} {client["first_name"]}, {client["phone"]}, "
                + $"branch offices {List(client.Body["branchoffices"])}, courses {List(client.Body["courses"])}"
            : null;

    private static string? Ticket(SandboxCrms crms, string id) =>
        crms.Otmechalka.Store.FindTicket(id) is { } ticket
            ? $"ticket {ticket.Id}: {ticket["ticket_type"]}, {ticket["price_final"]}, {ticket["payment_method"]}, "
                + $"sold {ticket["selling_date"]} by {ticket["employee"]} for client {ticket.ClientOriginId}"
            : null;

    private static string List(JsonNode? array) => string.Join(", ", array?.AsArray().Select(item => item?.ToString()) ?? []);
}
