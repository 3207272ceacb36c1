namespace B24Otmechalka.Sandbox.Bitrix24.Fields;

/// <summary>The fields of one kind of record. Names are case-sensitive (docs/bitrix24.md, section 1).</summary>
internal sealed class EntitySchema
{
    private readonly OrderedDictionary<string, FieldDefinition> fields = new(StringComparer.Ordinal);
    private int slots;

    public EntitySchema(string entityId, IEnumerable<FieldDefinition> fields)
    {
        EntityId = entityId;
        foreach (var field in fields)
        {
            Add(field);
        }
    }

    /// <summary><c>CRM_CONTACT</c> or <c>CRM_DEAL</c>, as rows of <c>crm.*.userfield.list</c> say it.</summary>
    public string EntityId { get; }

    public IEnumerable<FieldDefinition> Fields => fields.Values;

    public IEnumerable<FieldDefinition> UserFields => fields.Values.Where(definition => definition.Dynamic);

    public FieldDefinition? Find(string name) => fields.GetValueOrDefault(name);

    /// <exception cref="ArgumentException">There is no such field: a test's misspelling must not pass silently.</exception>
    public FieldDefinition Get(string name) => Find(name) ?? throw new ArgumentException($"{EntityId} has no field {name}.", nameof(name));

    public void Add(FieldDefinition field) => fields.Add(field.Name, field);

    /// <summary>Takes a field away; cards keep what they hold in it.</summary>
    public bool Remove(string name) => fields.Remove(name);

    /// <summary>The field's place in a record, given on the first call.</summary>
    public int SlotOf(FieldDefinition field)
    {
        if (field.Slot < 0)
        {
            field.Slot = slots++;
        }

        return field.Slot;
    }
}
