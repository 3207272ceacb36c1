using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>
/// What otmechalka holds, as its people see it. Thread-safe. A double (two with one origin_id) stays visible; the API
/// then answers with the first.
/// </summary>
internal sealed class OtmechalkaStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<SandboxClient>> clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SandboxTicket>> tickets = new(StringComparer.Ordinal);
    private long nextId = 7001;

    public int ClientCount { get; private set; }

    public IReadOnlyList<SandboxClient> Clients =>
        Locked(() => clients.Values.SelectMany(same => same).OrderBy(client => client.Id).ToList());

    public IReadOnlyList<SandboxTicket> Tickets =>
        Locked(() => tickets.Values.SelectMany(same => same).OrderBy(ticket => ticket.Id).ToList());

    /// <summary>Clients with this origin_id: more than one means a double was made.</summary>
    public int CountClients(string originId) => Locked(() => clients.TryGetValue(originId, out var same) ? same.Count : 0);

    public int CountTickets(string originId) => Locked(() => tickets.TryGetValue(originId, out var same) ? same.Count : 0);

    /// <summary>Every origin_id that occurs twice, of clients and tickets.</summary>
    public IReadOnlyList<string> Doubles =>
        Locked(() =>
            clients
                .Where(pair => pair.Value.Count > 1)
                .Select(pair => $"client {pair.Key}")
                .Concat(tickets.Where(pair => pair.Value.Count > 1).Select(pair => $"ticket {pair.Key}"))
                .ToList()
        );

    public SandboxClient? FindClient(string originId) => Locked(() => clients.TryGetValue(originId, out var same) ? same[0] : null);

    public SandboxTicket? FindTicket(string originId) => Locked(() => tickets.TryGetValue(originId, out var same) ? same[0] : null);

    public SandboxClient AddClient(string originId, JsonObject body, IReadOnlyList<string> groups) =>
        Locked(() =>
        {
            var client = new SandboxClient(nextId++, originId, OtmechalkaJson.Write(body), groups);
            Put(clients, originId, client);
            ClientCount++;
            return client;
        });

    public SandboxClient ChangeClient(string originId, JsonObject body, IReadOnlyList<string> groups, bool keepAbsent) =>
        Locked(() =>
        {
            var old = clients[originId][0];
            var changed = keepAbsent ? old.Body : [];
            foreach (var (name, value) in body)
            {
                changed[name] = value?.DeepClone();
            }

            changed["origin_id"] = originId;
            return clients[originId][0] = old with { Json = OtmechalkaJson.Write(changed), Groups = groups, Updates = old.Updates + 1 };
        });

    public SandboxTicket AddTicket(string originId, string clientOriginId, JsonObject body, IReadOnlyList<string> groups) =>
        Locked(() =>
        {
            var ticket = new SandboxTicket(nextId++, originId, clientOriginId, OtmechalkaJson.Write(body), groups);
            Put(tickets, originId, ticket);
            return ticket;
        });

    /// <summary>Deletes by hand all that have this origin_id.</summary>
    public bool DeleteClient(string originId) =>
        Locked(() =>
        {
            if (!clients.Remove(originId, out var same))
            {
                return false;
            }

            ClientCount -= same.Count;
            return true;
        });

    public bool DeleteTicket(string originId) => Locked(() => tickets.Remove(originId));

    private static void Put<T>(Dictionary<string, List<T>> all, string originId, T item)
    {
        if (all.TryGetValue(originId, out var same))
        {
            same.Add(item);
        }
        else
        {
            all[originId] = [item];
        }
    }

    private T Locked<T>(Func<T> action)
    {
        lock (gate)
        {
            return action();
        }
    }
}
