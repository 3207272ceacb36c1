using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Whether the configured stages exist; a warning where the webhook may not ask for them.</summary>
internal sealed class StageExamination(PortalQuestions portal, DealMapping mapping)
{
    private const string Area = "deal fields";
    private const string Setting = "Mapping__Deal__Stages";

    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        foreach (var stage in mapping.Stages)
        {
            try
            {
                var (stages, error) = await portal.StagesAsync(stage, cancellationToken);
                checks.Add(error is null
                    ? Examine(stage, stages!)
                    : Check.Warn(Area, Setting, $"{stage} is not checked: the portal refuses crm.status.list ({error.SafeCode})", "see by yourself that the stage exists, and that it is the one of won deals"));
            }
            catch (UnavailableException error)
            {
                checks.Add(error.ToCheck(Area, Setting, "see that the webhook has the scope crm"));
            }
        }

        return checks;
    }

    private static Check Examine(string stage, IReadOnlyDictionary<string, string> stages) => stages.TryGetValue(stage, out var label)
        ? Check.Ok(Area, Setting, $"{stage} «{label}»")
        : Check.Fail(Area, Setting, $"there is no stage {stage}", stages.Count == 0
            ? "there is no such pipeline"
            : "the pipeline's stages: " + string.Join(", ", stages.Select(one => $"{one.Key} «{one.Value}»")));
}
