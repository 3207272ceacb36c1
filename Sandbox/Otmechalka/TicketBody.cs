using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>The ticket body of docs/spec.md, section 4.2, checked. Its groups come from its type.</summary>
internal sealed record TicketBody(string? OriginId, string? ClientOriginId, IReadOnlyList<string> Groups)
{
    public static TicketBody Check(JsonObject body, Problems problems, OtmechalkaOptions options)
    {
        var reader = new BodyReader(body, problems, options);
        var (originId, client) = (Id("origin_id"), Id("client_origin_id"));
        var type = reader.Reference("ticket_type", options.TicketTypes);
        if (type is not null && type != type.Trim())
        {
            problems.Add("ticket_type", "Лишние пробелы.");
        }

        var (initial, discount, final) = (reader.Money("price_initial"), reader.Money("discount"), reader.Money("price_final"));
        if (initial - discount != final && initial is not null && discount is not null && final is not null)
        {
            problems.Add("price_final", "Не равна начальной цене без скидки.");
        }

        reader.Date("selling_date", required: true);
        reader.Reference("selling_branchoffice", options.BranchOffices);
        reader.Text("employee", mostCharacters: BodyReader.LongLength);
        reader.Choice("payment_method", "CASH", "ONLINE");
        reader.RefuseTheRest();
        return new TicketBody(originId, client, type is not null && options.TicketTypes.TryGetValue(type, out var group) ? [group] : []);

        string? Id(string member) => reader.Text(member, mostCharacters: BodyReader.IdLength);
    }
}
