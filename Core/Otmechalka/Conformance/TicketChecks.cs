namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>The life of one ticket, and all that is no ticket.</summary>
internal sealed class TicketChecks(Stand stand, Book book, Bodies bodies, Probe probe)
{
    private const string Kind = "tickets";

    private static readonly string[] NeedATicket = [Checks.TicketFound, Checks.TicketRepeat, Checks.TicketConcurrent];

    /// <summary>Whether a search for a ticket that is not there says so.</summary>
    public async Task AbsentAsync(CancellationToken cancellationToken)
    {
        var absent = await stand.FindAsync(Kind, bodies.OriginId("nobody"), cancellationToken);
        book.Note(Checks.TicketAbsent, Judge.OfAbsence(absent), absent);
    }

    /// <summary>Creates, finds and repeats a ticket; then sends such with one fault each.</summary>
    public async Task RunAsync(string clientOriginId, CancellationToken cancellationToken)
    {
        var ticket = bodies.Ticket(bodies.OriginId("ticket"), clientOriginId);
        var body = OtmechalkaJson.Serialize(ticket);
        var created = await stand.CreateAsync(Kind, ticket.OriginId, body, cancellationToken);
        book.Remember("ticket", ticket.OriginId, created);
        if (book.Note(Checks.TicketCreate, Judge.OfSuccess(created, ticket.OriginId), created))
        {
            await probe.FoundAsync(Checks.TicketFound, Kind, ticket.OriginId, ticket, created.Id, cancellationToken);
            await probe.RepeatAsync(Checks.TicketRepeat, Kind, ticket.OriginId, body, created.Id, cancellationToken);
            var same = bodies.Ticket(bodies.OriginId("ticket-at-once"), clientOriginId);
            await probe.AtOnceAsync(Checks.TicketConcurrent, Kind, same.OriginId, OtmechalkaJson.Serialize(same), cancellationToken);
        }
        else
        {
            book.Skip(NeedATicket);
        }

        await probe.MissingAsync(Checks.TicketMissing, Kind, Bodies.RequiredOfTicket, Make, cancellationToken);
        await probe.WrongAsync(Checks.TicketMalformed, Kind, Bodies.MalformedOfTicket, Make, Deviations.MalformedTaken, cancellationToken);
        await probe.WrongAsync(Checks.TicketUnknown, Kind, bodies.UnknownOfTicket, Make, Deviations.UnknownTaken, cancellationToken);

        Ticket Make(string originId) => bodies.Ticket(originId, clientOriginId);
    }
}
