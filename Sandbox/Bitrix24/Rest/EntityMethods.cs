using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Listing;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// <c>list</c>, <c>get</c>, <c>update</c> and <c>fields</c> of contacts or deals (docs/bitrix24.md, sections 4, 5, 6 and 10).
/// </summary>
internal sealed class EntityMethods(Bitrix24Portal portal, EntityStore store, string name, string absentOnUpdate)
{
    private static readonly string[] Scope = ["crm"];

    public IEnumerable<RestMethod> All()
    {
        yield return new RestMethod($"crm.{name}.list", Scope, CostOfList, List);
        yield return new RestMethod($"crm.{name}.get", Scope, _ => CallCost.Get, Get);
        yield return new RestMethod($"crm.{name}.update", Scope, _ => CallCost.Update, Update);
        yield return new RestMethod($"crm.{name}.fields", Scope, _ => CallCost.Other, Fields);
    }

    private static CallCost CostOfList(RestCall call) => StartOf(call).Counted ? CallCost.CountedList : CallCost.List;

    /// <summary><c>start</c> must be in lower case (docs/bitrix24.md, section 1).</summary>
    private static PageStart StartOf(RestCall call) => PageStart.Legacy(PhpValue.Integer(call.Parameters["start"]));

    private MethodResult List(RestCall call)
    {
        var schema = store.Schema;
        var select = SelectMask.Read(call.Array("select"), schema, portal.Options.MasksOmitMultipleFields);
        var filter = FilterParser.Parse(call.Array("filter"), schema, portal.Options.ServerOffset);
        var order = new SortOrder(call.Array("order"), schema);
        var page = new ListQuery(store.Table, filter, order, StartOf(call), portal.Options.PagePastEndIsFirst).Run();
        return new MethodResult(PhpArray.List(page.Rows.Select(row => portal.Row(row, select))), page.Total, page.Next);
    }

    private MethodResult Get(RestCall call) => new(portal.Row(Find(call, "Not found"), store.Schema.Fields));

    private MethodResult Update(RestCall call)
    {
        var record = Find(call, absentOnUpdate);
        if (call.Parameter("fields") is not PhpArray fields)
        {
            throw RestException.OfMethod("Parameter 'fields' must be array");
        }

        if (call.Parameter("params") is not (null or "" or PhpArray))
        {
            throw RestException.OfMethod("Parameter 'params' must be array");
        }

        var values = fields
            .Select(pair => (Field: store.Schema.Find(pair.Key), pair.Value))
            .Where(pair => pair.Field is { ReadOnly: false })
            .Select(pair => (pair.Field!, Merge(record, pair.Field!, ValueReader.Read(pair.Field!, pair.Value))))
            .ToList();
        var now = portal.Now.ToUnixTimeSeconds();
        if (store.Apply(record, values, call.Webhook.UserId, now, portal.Options.NoOpUpdateMovesDateModify))
        {
            portal.OnChangedByApi?.Invoke(store, record.Id);
        }

        return new MethodResult(true);
    }

    /// <summary>Phones and mail addresses: a known ID replaces or, when empty, deletes; without an ID one is added.</summary>
    private static object? Merge(CrmRecord record, FieldDefinition field, object? value)
    {
        if (value is not Multifield[] written)
        {
            return value;
        }

        var present = record[field] as Multifield[] ?? [];
        return present
            .Select(old => written.FirstOrDefault(item => item.Id == old.Id) ?? old)
            .Concat(written.Where(item => item.Id.Length == 0))
            .ToArray();
    }

    private CrmRecord Find(RestCall call, string absent)
    {
        var id = call.Id ?? throw RestException.OfMethod("ID is not defined or invalid.");
        return store.Table.Find(id) ?? throw RestException.OfMethod(absent);
    }

    private MethodResult Fields(RestCall call)
    {
        var result = new PhpArray();
        foreach (var field in store.Schema.Fields)
        {
            var row = new PhpArray
            {
                ["type"] = field.Type,
                ["isRequired"] = field.Required,
                ["isReadOnly"] = field.ReadOnly,
                ["isImmutable"] = field.Name == "CATEGORY_ID",
                ["isMultiple"] = field.Multiple,
                ["isDynamic"] = field.Dynamic,
                ["title"] = field.Name,
            };
            if (field.Dynamic)
            {
                Describe(row, field);
            }

            result[field.Name] = row;
        }

        return new MethodResult(result);
    }

    private static void Describe(PhpArray row, FieldDefinition field)
    {
        foreach (var label in (string[])["listLabel", "formLabel", "filterLabel"])
        {
            row[label] = field.Label;
        }

        row["settings"] = new PhpArray();
        if (field.Type == "enumeration")
        {
            row["items"] = PhpArray.List(
                field.Items.Select(item => new PhpArray { ["ID"] = item.Id.ToString(CultureInfo.InvariantCulture), ["VALUE"] = item.Value })
            );
        }
    }
}
