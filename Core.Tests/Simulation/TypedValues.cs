using B24Otmechalka.Core.Sync;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>What people typed into which card, so that they can take it back.</summary>
internal sealed class TypedValues
{
    private readonly Dictionary<(SyncJob Kind, long Id), Dictionary<string, object?>> held = [];
    private readonly Dictionary<(SyncJob Kind, long Id), (string Field, object? Value)[]> before = [];

    /// <summary>Somebody has typed these values.</summary>
    public void Add(SyncJob kind, long id, IEnumerable<(string Field, object? Value)> values)
    {
        if (!held.TryGetValue((kind, id), out var fields))
        {
            held[(kind, id)] = fields = [];
        }

        var typed = values.Where(value => value.Field != Status).ToList();
        var former = typed.Where(value => fields.ContainsKey(value.Field)).Select(value => (value.Field, fields[value.Field])).ToArray();
        typed.ForEach(value => fields[value.Field] = value.Value);
        if (former.Length > 0)
        {
            before[(kind, id)] = former;
        }
    }

    /// <summary>What the last edit of the card replaced; <see langword="null"/> when nobody has edited it.</summary>
    public (string Field, object? Value)[]? Before(SyncJob kind, long id) => before.GetValueOrDefault((kind, id));
}
