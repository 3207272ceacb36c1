using B24Otmechalka.Sandbox.Bitrix24.Fields;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>All contacts or all deals, found by ID and sorted by ID and by (DATE_MODIFY, ID). Not thread-safe.</summary>
internal sealed class RecordTable(EntitySchema schema)
{
    private readonly Dictionary<long, CrmRecord> records = [];

    public EntitySchema Schema { get; } = schema;

    public OrderedIndex ById { get; } = new(record => record.Id);

    public OrderedIndex ByModified { get; } = new(record => record.Modified);

    public CrmRecord? Find(long id) => records.GetValueOrDefault(id);

    public void Add(CrmRecord record)
    {
        records.Add(record.Id, record);
        ById.Add(record);
        ByModified.Add(record);
    }

    public void Remove(CrmRecord record)
    {
        records.Remove(record.Id);
        ById.Remove(record);
        ByModified.Remove(record);
    }

    public void Move(CrmRecord record, long modified)
    {
        ByModified.Remove(record);
        record.Modified = modified;
        ByModified.Add(record);
    }
}
