using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// What a deal's stage says about it (docs/bitrix24.md, section 6): <c>WON</c> or <c>C1:WON</c>; funnel, meaning and CLOSED follow from it.
/// </summary>
internal static class DealStage
{
    public static void Derive(CrmRecord deal, EntitySchema schema, string stage)
    {
        var colon = stage.IndexOf(':', StringComparison.Ordinal);
        var funnel = colon > 1 && stage[0] == 'C' ? stage[1..colon] : "";
        var category = int.TryParse(funnel, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var meaning = stage[(colon + 1)..] switch
        {
            "WON" => "S",
            "LOSE" or "APOLOGY" => "F",
            _ => "P",
        };
        deal.Set(schema, schema.Get("STAGE_SEMANTIC_ID"), meaning);
        deal.Set(schema, schema.Get("CLOSED"), meaning == "P" ? "N" : "Y");
        deal.Set(schema, schema.Get("CATEGORY_ID"), category.ToString(CultureInfo.InvariantCulture));
    }
}
