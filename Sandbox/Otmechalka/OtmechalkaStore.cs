using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>
/// What otmechalka holds, as its people see it. Thread-safe. A double (two with one origin_id) stays visible; the API
/// then answers with the first.
/// </summary>
internal sealed class OtmechalkaStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<SandboxClient>> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SandboxTicket>> _tickets = new(StringComparer.Ordinal);
    private long _nextId = 7001;

    public int ClientCount { get; private set; }

    public IReadOnlyList<SandboxClient> Clients => Locked(() => _clients.Values.SelectMany(same => same).OrderBy(client => client.Id).ToList());

    public IReadOnlyList<SandboxTicket> Tickets => Locked(() => _tickets.Values.SelectMany(same => same).OrderBy(ticket => ticket.Id).ToList());

    /// <summary>Clients with this origin_id: more than one means a double was made.</summary>
    public int CountClients(string originId) => Locked(() => _clients.TryGetValue(originId, out var same) ? same.Count : 0);

    public int CountTickets(string originId) => Locked(() => _tickets.TryGetValue(originId, out var same) ? same.Count : 0);

    /// <summary>Every origin_id that occurs twice, of clients and tickets.</summary>
    public IReadOnlyList<string> Doubles => Locked(() =>
        _clients.Where(pair => pair.Value.Count > 1).Select(pair => $"client {pair.Key}")
            .Concat(_tickets.Where(pair => pair.Value.Count > 1).Select(pair => $"ticket {pair.Key}")).ToList());

    public SandboxClient? FindClient(string originId) => Locked(() => _clients.TryGetValue(originId, out var same) ? same[0] : null);

    public SandboxTicket? FindTicket(string originId) => Locked(() => _tickets.TryGetValue(originId, out var same) ? same[0] : null);

    public SandboxClient AddClient(string originId, JsonObject body, IReadOnlyList<string> groups) => Locked(() =>
    {
        var client = new SandboxClient(_nextId++, originId, OtmechalkaJson.Write(body), groups);
        Put(_clients, originId, client);
        ClientCount++;
        return client;
    });

    public SandboxClient ChangeClient(string originId, JsonObject body, IReadOnlyList<string> groups, bool keepAbsent) => Locked(() =>
    {
        var old = _clients[originId][0];
        var changed = keepAbsent ? old.Body : [];
        foreach (var (name, value) in body)
            changed[name] = value?.DeepClone();

        changed["origin_id"] = originId;
        return _clients[originId][0] = old with { Json = OtmechalkaJson.Write(changed), Groups = groups, Updates = old.Updates + 1 };
    });

    public SandboxTicket AddTicket(string originId, string clientOriginId, JsonObject body, IReadOnlyList<string> groups) => Locked(() =>
    {
        var ticket = new SandboxTicket(_nextId++, originId, clientOriginId, OtmechalkaJson.Write(body), groups);
        Put(_tickets, originId, ticket);
        return ticket;
    });

    /// <summary>Deletes by hand all that have this origin_id.</summary>
    public bool DeleteClient(string originId) => Locked(() =>
    {
        if (!_clients.Remove(originId, out var same))
            return false;

        ClientCount -= same.Count;
        return true;
    });

    public bool DeleteTicket(string originId) => Locked(() => _tickets.Remove(originId));

    private static void Put<T>(Dictionary<string, List<T>> all, string originId, T item)
    {
        if (all.TryGetValue(originId, out var same))
            same.Add(item);
        else
            all[originId] = [item];
    }

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
            return action();
    }
}
