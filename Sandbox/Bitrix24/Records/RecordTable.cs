using B24Otmechalka.Sandbox.Bitrix24.Fields;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>All contacts or all deals, found by ID and sorted by ID and by (DATE_MODIFY, ID). Not thread-safe.</summary>
internal sealed class RecordTable(EntitySchema schema)
{
    private readonly Dictionary<long, CrmRecord> _records = [];

    public EntitySchema Schema { get; } = schema;

    public OrderedIndex ById { get; } = new(record => record.Id);

    public OrderedIndex ByModified { get; } = new(record => record.Modified);

    public CrmRecord? Find(long id) => _records.GetValueOrDefault(id);

    public void Add(CrmRecord record)
    {
        _records.Add(record.Id, record);
        ById.Add(record);
        ByModified.Add(record);
    }

    public void Remove(CrmRecord record)
    {
        _records.Remove(record.Id);
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
