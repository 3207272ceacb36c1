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

    private string Area => AreaOf(entity);

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
                        OperationsStrings.Of("Description"),
                        OperationsStrings.Of("FieldsUntold"),
                        OperationsStrings.Of("FieldsUntoldAdvice")
                    ),
                ];
            }

            var checks = new List<Check>();
            foreach (var rule in job.Fields.Where(rule => rule.Code.Length > 0))
            {
                var isMissing = rule.IsStatus && createsStatusField && !Fields.ContainsKey(rule.Code);
                checks.AddRange(isMissing ? [await CreateAsync(rule, cancellationToken)] : Examine(rule));
            }

            return checks;
        }
        catch (UnavailableException error)
        {
            return [error.ToCheck(Area, OperationsStrings.Of("Description"), OperationsStrings.Of("NeedsCrm"))];
        }
    }

    private async Task<Check> CreateAsync(FieldRule rule, CancellationToken cancellationToken)
    {
        var error = await portal.AddTextFieldAsync(entity, rule.Code, StatusLabel, cancellationToken);
        Fields = await portal.FieldsAsync(entity, cancellationToken);
        return Created(entity, rule.Setting, rule.Code, Fields?.ContainsKey(rule.Code) == true, error);
    }

    /// <summary>What came of creating a status field.</summary>
    internal static Check Created(string entity, string setting, string code, bool isThere, Bitrix24Error? error) =>
        isThere
            ? Check.Ok(AreaOf(entity), setting, OperationsStrings.Of("FieldCreated", code, StatusLabel))
            : Check.Fail(
                AreaOf(entity),
                setting,
                error is null
                    ? OperationsStrings.Of("FieldNotCreated", code)
                    : OperationsStrings.Of("FieldNotCreatedWhy", code, error.SafeCode),
                OperationsStrings.Of("FieldNotCreatedAdvice")
            );

    private List<Check> Examine(FieldRule rule)
    {
        if (!Fields!.TryGetValue(rule.Code, out var field))
        {
            return
            [
                Check.Fail(
                    Area,
                    rule.Setting,
                    OperationsStrings.Of("NoField", rule.Code),
                    OperationsStrings.Of(rule.IsStatus ? "NoStatusFieldAdvice" : "NoFieldAdvice")
                ),
            ];
        }

        var name = $"{rule.Code}{(field.Label is null ? "" : $" «{field.Label}»")}";
        var kind = OperationsStrings.Of(field.IsMultiple ? "FieldIsMultiple" : "FieldIs", name, TypeName(field.Type));
        if (!rule.Types.Contains(field.Type))
        {
            var expected = rule.Types.Select(TypeName).Aggregate((some, one) => OperationsStrings.Of("Or", some, one));
            // A list of another kind, or a date as text, may still hold what the mapping reads.
            return
            [
                rule.IsStatus || (rule.Types.Contains("string") && field.IsMultiple)
                    ? Check.Fail(Area, rule.Setting, kind, OperationsStrings.Of("FieldTypeAdvice", expected))
                    : Check.Warn(Area, rule.Setting, kind, OperationsStrings.Of("FieldTypeExpected", expected)),
            ];
        }

        if (field.IsMultiple && !rule.Multiple)
        {
            return [Check.Fail(Area, rule.Setting, kind, OperationsStrings.Of("FieldSingleAdvice"))];
        }

        var checks = new List<Check>
        {
            !field.IsMultiple && rule.Multiple
                ? Check.Warn(Area, rule.Setting, kind, OperationsStrings.Of("FieldMultipleAdvice"))
                : Check.Ok(Area, rule.Setting, kind),
        };
        checks.AddRange(
            rule.Values.Where(value => value.Length > 0 && !field.Items.ContainsKey(value))
                .Select(value =>
                    Check.Fail(
                        Area,
                        rule.Setting,
                        OperationsStrings.Of("NoListValue", name, value),
                        OperationsStrings.Of("ListValues", Choices(field))
                    )
                )
        );
        return checks;
    }

    /// <summary>The area of a card's fields.</summary>
    internal static string AreaOf(string entity) => OperationsStrings.Of(entity == "contact" ? "AreaContact" : "AreaDeal");

    // Bitrix24 has many more types; those that a mapping may meet have a word.
    private static string TypeName(string type) =>
        type is "string" or "date" or "datetime" or "enumeration" or "double" or "integer" or "boolean" or "money"
            ? OperationsStrings.Of($"Type{char.ToUpperInvariant(type[0])}{type[1..]}")
            : type;

    private static string Choices(FieldDescription field) =>
        field.Items.Count == 0
            ? OperationsStrings.Of("None")
            : string.Join(", ", field.Items.Take(20).Select(item => $"{item.Key} «{item.Value}»")) + (field.Items.Count > 20 ? ", …" : "");
}
