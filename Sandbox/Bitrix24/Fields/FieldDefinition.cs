namespace B24Otmechalka.Sandbox.Bitrix24.Fields;

/// <summary>One choice of an enumeration field: its number and the label people see.</summary>
internal sealed record ListItem(string Id, string Value);

/// <summary>How values of a field are held, compared and printed.</summary>
internal enum FieldKind
{
    Id,
    Created,
    Modified,
    Text,
    Number,
    Moment,
    Multifield,
}

/// <summary>A field of contacts or deals, as <c>crm.*.fields</c> tells it (docs/bitrix24.md, section 10).</summary>
internal sealed class FieldDefinition
{
    public required string Name { get; init; }

    /// <summary>The portal's type name: <c>string</c>, <c>enumeration</c>, <c>date</c>, <c>datetime</c>, <c>user</c>, …</summary>
    public required string Type { get; init; }

    public bool Multiple { get; init; }

    public bool Required { get; init; }

    /// <summary>Writes to it are ignored without an error (docs/bitrix24.md, section 5).</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether it is a user field, <c>UF_CRM_…</c>.</summary>
    public bool Dynamic { get; init; }

    /// <summary>What people see; a field that the portal brings along has its own name here.</summary>
    public string Label { get; init; } = "";

    public IReadOnlyList<ListItem> Items { get; init; } = [];

    /// <summary>The number of a user field; 0 for those that the portal brings along.</summary>
    public long Id { get; init; }

    /// <summary>Where records hold its value; given on the first write, so that unused fields cost nothing.</summary>
    public int Slot { get; set; } = -1;

    public FieldKind Kind =>
        Name switch
        {
            "ID" => FieldKind.Id,
            "DATE_CREATE" => FieldKind.Created,
            "DATE_MODIFY" => FieldKind.Modified,
            _ => Type switch
            {
                "crm_multifield" => FieldKind.Multifield,
                "date" or "datetime" => FieldKind.Moment,
                "integer" or "double" or "user" or "enumeration" or "crm_contact" or "crm_company" or "crm_lead" or "crm_category" =>
                    FieldKind.Number,
                _ => FieldKind.Text,
            },
        };
}
