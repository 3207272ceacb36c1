using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary><c>crm.status.list</c> for the stages of the default pipeline, which every portal has (docs/bitrix24.md, section 6).</summary>
internal static class StatusMethods
{
    private const string Stages = "DEAL_STAGE";

    private static readonly (string Id, string Name, string? Semantics)[] Default =
    [
        ("NEW", "Новая", null),
        ("PREPARATION", "Подготовка документов", null),
        ("PREPAYMENT_INVOICE", "Счёт на предоплату", null),
        ("EXECUTING", "В работе", null),
        ("FINAL_INVOICE", "Финальный счёт", null),
        ("WON", "Сделка успешна", "S"),
        ("LOSE", "Сделка провалена", "F"),
    ];

    public static RestMethod List => new("crm.status.list", ["crm"], _ => CallCost.Get, Handle);

    private static MethodResult Handle(RestCall call)
    {
        var filter = call.Array("filter");
        var rows = Default
            .Select(Print)
            .Where(row => filter.All(pair => Equals(PhpValue.Text(row[pair.Key]), PhpValue.Text(pair.Value))))
            .ToList();
        return new MethodResult(PhpArray.List(rows), rows.Count);
    }

    private static PhpArray Print((string Id, string Name, string? Semantics) stage, int index) =>
        new()
        {
            ["ID"] = (index + 1).ToString(CultureInfo.InvariantCulture),
            ["ENTITY_ID"] = Stages,
            ["STATUS_ID"] = stage.Id,
            ["NAME"] = stage.Name,
            ["SORT"] = ((index + 1) * 10).ToString(CultureInfo.InvariantCulture),
            ["SYSTEM"] = stage.Id is "NEW" or "WON" or "LOSE" ? "Y" : "N",
            ["CATEGORY_ID"] = "0",
            ["SEMANTICS"] = stage.Semantics,
        };
}
