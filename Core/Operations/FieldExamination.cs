using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Whether each configured field exists with the type and multiplicity the mapping expects, and each list value with it.
/// Creates a missing status field when told to, and nothing else.
/// </summary>
/// <param name="portal">The portal.</param>
/// <param name="job">The job whose fields they are.</param>
internal sealed class FieldExamination(PortalQuestions portal, JobDefinition job)
{
    private readonly string entity = job.Table.Entity;

    /// <summary>What managers call the status field.</summary>
    public const string StatusLabel = "Статус синхронизации";

    private string Area => entity + " fields";

    /// <summary>The fields as the portal describes them; <see langword="null"/> when it does not.</summary>
    public IReadOnlyDictionary<string, FieldDescription>? Fields { get; private set; }

    /// <summary>The mapping's list values with the portal's labels, as far as it told them.</summary>
    public IEnumerable<MappedValue> MappedValues => job.MappedValues(Fields);

    /// <summary>Examines the fields.</summary>
    public async Task<IReadOnlyList<Check>> RunAsync(bool createsStatusField, CancellationToken cancellationToken)
    {
        try
        {
            Fields = await portal.FieldsAsync(entity, cancellationToken);
            if (Fields is null)
            {
                return
                [
                    Check.Warn(
                        Area,
                        "description",
                        $"the webhook may not describe the {entity}s' fields",
                        "see by yourself that all fields of mapping.json exist"
                    ),
                ];
            }

            var checks = new List<Check>();
            foreach (var rule in job.Fields)
            {
                var isMissing = rule.IsStatus && createsStatusField && !Fields.ContainsKey(rule.Code);
                checks.AddRange(isMissing ? [await CreateAsync(rule, cancellationToken)] : Examine(rule));
            }

            return checks;
        }
        catch (UnavailableException error)
        {
            return [error.ToCheck(Area, "description", "see that the webhook has the scope crm")];
        }
    }

    private async Task<Check> CreateAsync(FieldRule rule, CancellationToken cancellationToken)
    {
        var error = await portal.AddTextFieldAsync(entity, rule.Code, StatusLabel, cancellationToken);
        Fields = await portal.FieldsAsync(entity, cancellationToken);
        return Fields?.ContainsKey(rule.Code) == true
            ? Check.Ok(Area, rule.Setting, $"{rule.Code} «{StatusLabel}» was created")
            : Check.Fail(
                Area,
                rule.Setting,
                $"{rule.Code} could not be created" + (error is null ? "" : ": " + error.SafeCode),
                "only an administrator of the CRM may create fields: create a text field in Bitrix24 by hand and put its code "
                    + "into this setting"
            );
    }

    private List<Check> Examine(FieldRule rule)
    {
        if (!Fields!.TryGetValue(rule.Code, out var field))
        {
            return
            [
                Check.Fail(
                    Area,
                    rule.Setting,
                    $"there is no field {rule.Code}",
                    rule.IsStatus
                        ? "doctor --create-status-fields creates it; or create a text field and put its code into this setting"
                        : "put the code of the right field into this setting"
                ),
            ];
        }

        var name = $"{rule.Code}{(field.Label is null ? "" : $" «{field.Label}»")}";
        var kind = $"{name} is {(field.IsMultiple ? "multiple, " : "")}{field.Type}";
        if (!rule.Types.Contains(field.Type))
        {
            var expected = string.Join(" or ", rule.Types);
            // A list of another kind, or a date as text, may still hold what the mapping reads.
            return
            [
                rule.IsStatus || (rule.Types.Contains("string") && field.IsMultiple)
                    ? Check.Fail(Area, rule.Setting, kind, $"choose a field of type {expected}")
                    : Check.Warn(Area, rule.Setting, kind, $"expected is {expected}: see with preview that its values are read"),
            ];
        }

        if (field.IsMultiple && !rule.Multiple)
        {
            return [Check.Fail(Area, rule.Setting, kind, "choose a field that holds one value")];
        }

        var checks = new List<Check>
        {
            !field.IsMultiple && rule.Multiple
                ? Check.Warn(Area, rule.Setting, kind, "expected is a multiple field: only one value can be chosen in this one")
                : Check.Ok(Area, rule.Setting, kind),
        };
        checks.AddRange(
            rule.Values.Where(value => !field.Items.ContainsKey(value))
                .Select(value => Check.Fail(Area, rule.Setting, $"{name} has no list value {value}", "its values: " + Choices(field)))
        );
        return checks;
    }

    private static string Choices(FieldDescription field) =>
        field.Items.Count == 0
            ? "none"
            : string.Join(", ", field.Items.Take(20).Select(item => $"{item.Key} «{item.Value}»")) + (field.Items.Count > 20 ? ", …" : "");
}
