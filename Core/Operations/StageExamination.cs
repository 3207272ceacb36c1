using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether the configured stages exist; a warning where the webhook may not ask for them.</summary>
internal sealed class StageExamination(PortalQuestions portal, JobDefinition job)
{
    private readonly string setting = job.StagesSetting;

    private string Area => FieldExamination.AreaOf(job.Table.Entity);

    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        foreach (var stage in job.Table.Stages)
        {
            try
            {
                var (stages, error) = await portal.StagesAsync(stage, cancellationToken);
                checks.Add(
                    error is null
                        ? Examine(stage, stages!)
                        : Check.Warn(
                            Area,
                            setting,
                            OperationsStrings.Of("StageUnchecked", stage, error.SafeCode),
                            OperationsStrings.Of("StageUncheckedAdvice")
                        )
                );
            }
            catch (UnavailableException error)
            {
                checks.Add(error.ToCheck(Area, setting, OperationsStrings.Of("NeedsCrm")));
            }
        }

        return checks;
    }

    private Check Examine(string stage, IReadOnlyDictionary<string, string> stages) =>
        stages.TryGetValue(stage, out var label)
            ? Check.Ok(Area, setting, $"{stage} «{label}»")
            : Check.Fail(
                Area,
                setting,
                OperationsStrings.Of("NoStage", stage),
                stages.Count == 0
                    ? OperationsStrings.Of("NoPipeline")
                    : OperationsStrings.Of("StagesAre", string.Join(", ", stages.Select(one => $"{one.Key} «{one.Value}»")))
            );
}
