using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// Contacts or deals as the people of the portal use them, past any API: thread-safe, immediate, and strict about field
/// names. Writes may become visible later than their DATE_MODIFY says (<see cref="Bitrix24PortalOptions.CommitDelay"/>).
/// </summary>
internal sealed class EntityStore(RecordTable table, Bitrix24Portal portal)
{
    private long nextId = 1;

    public EntitySchema Schema => table.Schema;

    public int Count => portal.Locked(() => table.ById.Count);

    public IReadOnlyList<long> Ids => portal.Locked(() => table.ById.Range(0, table.ById.Count).Select(record => record.Id).ToList());

    /// <summary>The table itself, for the API's methods. Only under the portal's lock.</summary>
    public RecordTable Table => table;

    /// <summary>
    /// Adds a record. With <paramref name="modified"/> in the past this is an import (docs/bitrix24.md, section 5, IMPORT=Y).
    /// </summary>
    /// <returns>Its ID, also when it becomes visible only later.</returns>
    public long Add(
        IEnumerable<KeyValuePair<string, object?>> fields,
        long? id = null,
        DateTimeOffset? created = null,
        DateTimeOffset? modified = null,
        long by = Bitrix24Portal.PersonId,
        TimeSpan? commitDelay = null
    ) =>
        portal.Locked(() =>
        {
            var now = portal.Now;
            var record = new CrmRecord(id ?? nextId, Seconds(created ?? modified ?? now), Seconds(modified ?? created ?? now));
            nextId = Math.Max(nextId, record.Id + 1);
            var author = by.ToString(CultureInfo.InvariantCulture);
            record.Set(Schema, Schema.Get("CREATED_BY_ID"), author);
            record.Set(Schema, Schema.Get("MODIFY_BY_ID"), author);
            record.Set(Schema, Schema.Get("ASSIGNED_BY_ID"), author);
            Write(record, Read(fields));
            portal.Commit(() => table.Add(record), commitDelay);
            return record.Id;
        });

    /// <summary>A person's edit: like any other it moves DATE_MODIFY only when it changes something, unless forced.</summary>
    /// <exception cref="ArgumentException">No such record, or no such field.</exception>
    public void Edit(
        long id,
        IEnumerable<KeyValuePair<string, object?>> fields,
        long by = Bitrix24Portal.PersonId,
        bool force = false,
        TimeSpan? commitDelay = null
    ) =>
        portal.Locked(() =>
        {
            var now = Seconds(portal.Now);
            var values = Read(fields);
            _ = Existing(id);
            portal.Commit(
                () =>
                {
                    if (table.Find(id) is { } record)
                    {
                        Apply(record, values, by, now, force);
                    }
                },
                commitDelay
            );
        });

    public void Delete(long id) => portal.Locked(() => table.Remove(Existing(id)));

    public bool Exists(long id) => portal.Locked(() => table.Find(id) is not null);

    /// <summary>The text a person sees in a field; <see langword="null"/> where it is empty.</summary>
    public string? Text(long id, string field) =>
        portal.Locked(() => Existing(id)[Schema.Get(field)] is string { Length: > 0 } text ? text : null);

    public DateTimeOffset Modified(long id) => portal.Locked(() => DateTimeOffset.FromUnixTimeSeconds(Existing(id).Modified));

    /// <summary>A record as <c>crm.*.get</c> shows it.</summary>
    public PhpArray Row(long id) => portal.Locked(() => portal.Row(Existing(id), Schema.Fields));

    /// <summary>Writes under the lock, by a person or by the API; tells whether something changed.</summary>
    public bool Apply(CrmRecord record, IReadOnlyList<(FieldDefinition Field, object? Value)> values, long by, long now, bool force)
    {
        var changed = Write(record, values);
        if (!changed && !force)
        {
            return false;
        }

        record.Set(Schema, Schema.Get("MODIFY_BY_ID"), by.ToString(CultureInfo.InvariantCulture));
        table.Move(record, now);
        return changed;
    }

    private bool Write(CrmRecord record, IReadOnlyList<(FieldDefinition Field, object? Value)> values)
    {
        var changed = false;
        foreach (var (field, value) in values)
        {
            var written = value is Multifield[] multifields ? portal.Number(record[field] as Multifield[] ?? [], multifields) : value;
            var same = ValueReader.Same(record[field], written);
            changed |= !same;
            record.Set(Schema, field, written);
            if (!same && field.Name == "STAGE_ID")
            {
                DealStage.Derive(record, Schema, written as string ?? "");
            }
        }

        return changed;
    }

    private List<(FieldDefinition Field, object? Value)> Read(IEnumerable<KeyValuePair<string, object?>> fields) =>
        [
            .. fields
                .Select(pair => (Field: Schema.Get(pair.Key), pair.Value))
                .Where(pair => pair.Field.Kind is not (FieldKind.Id or FieldKind.Created or FieldKind.Modified))
                .Select(pair => (pair.Field, ValueReader.Read(pair.Field, pair.Value))),
        ];

    private CrmRecord Existing(long id) =>
        table.Find(id) ?? throw new ArgumentException($"{Schema.EntityId} has no record {id}.", nameof(id));

    private static long Seconds(DateTimeOffset moment) => moment.ToUnixTimeSeconds();
}
