using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Setup;

/// <summary>
/// Finds the fields and list values of the mapping in a portal: those of the mapping where they exist and fit, else by their labels. Pure.
/// </summary>
internal static class Proposer
{
    /// <summary>What the school calls its fields; the first is shown.</summary>
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["Mapping__Contact__StatusField"] = [FieldExamination.StatusLabel],
        ["Mapping__Contact__StudentLastNameField"] = ["Фамилия ученика", "Фамилия ребёнка", "Фамилия"],
        ["Mapping__Contact__StudentFirstNameField"] = ["Имя ученика", "Имя ребёнка", "Имя"],
        ["Mapping__Contact__BirthdateField"] = ["Дата рождения ученика", "Дата рождения ребёнка", "Дата рождения"],
        ["Mapping__Contact__ProductField"] = ["Продукт"],
        ["Mapping__Contact__BranchField"] = ["Филиал"],
        ["Mapping__Deal__StatusField"] = [FieldExamination.StatusLabel],
        ["Mapping__Deal__SellingDateField"] = ["Дата продажи"],
        ["Mapping__Deal__BranchField"] = ["Филиал"],
        ["Mapping__Deal__PaymentMethodField"] = ["Способ оплаты"],
    };

    /// <summary>Proposes the fields.</summary>
    /// <param name="rules">What the fields must be.</param>
    /// <param name="fields">The portal's.</param>
    public static IReadOnlyList<Proposal> Fields(IEnumerable<FieldRule> rules, IReadOnlyDictionary<string, FieldDescription> fields) =>
        [.. rules.Select(rule => Field(rule, fields))];

    /// <summary>Proposes the list values of one job's mapping.</summary>
    /// <param name="job">The job.</param>
    /// <param name="settings">The mapping.</param>
    /// <param name="fields">The portal's fields.</param>
    /// <param name="codeOf">The code of the field that a setting names, as it was chosen.</param>
    public static IReadOnlyList<Proposal> Values(
        SyncJob job,
        Settings settings,
        IReadOnlyDictionary<string, FieldDescription> fields,
        Func<string, string?> codeOf
    )
    {
        return job == SyncJob.Contacts
            ?
            [
                .. Grouped("Product", "Mapping__Contact__ProductField", settings.Contact.Routes.Select(route => route.Product)),
                .. Grouped("Branch", "Mapping__Contact__BranchField", settings.Contact.Routes.Select(route => route.Branch)),
            ]
            :
            [
                .. settings.Deal.BranchOffices.Keys.Select(key =>
                    Value(["Mapping__Deal__BranchOffices__" + key], key, "Branch", Items("Mapping__Deal__BranchField")) with
                    {
                        IsKey = true,
                    }
                ),
                .. settings.Deal.CashPaymentMethods.Select(
                    (method, i) =>
                        Value([$"Mapping__Deal__CashPaymentMethods__{i}"], method, "Cash", Items("Mapping__Deal__PaymentMethodField"))
                ),
            ];

        IEnumerable<Proposal> Grouped(string member, string field, IEnumerable<string?> values) =>
            values
                .Select((value, i) => (Value: value, Setting: $"Mapping__Contact__Routes__{i}__{member}"))
                .Where(one => one.Value is not null)
                .GroupBy(one => one.Value!)
                .Select(group => Value([.. group.Select(one => one.Setting)], group.Key, member, Items(field)));

        IReadOnlyDictionary<string, string> Items(string setting) =>
            codeOf(setting) is { } code && fields.TryGetValue(code, out var field) ? field.Items : new Dictionary<string, string>();
    }

    private static Proposal Field(FieldRule rule, IReadOnlyDictionary<string, FieldDescription> fields)
    {
        var names = Names[rule.Setting];
        var fitting = fields
            .Where(field => rule.Types.Contains(field.Value.Type) && field.Value.IsMultiple == rule.Multiple)
            .Where(field => field.Key.StartsWith("UF_CRM_", StringComparison.Ordinal))
            .Select(field => new Choice(field.Key, field.Value.Label))
            .ToList();
        var (found, source) = Find(rule.Code, names, fitting);
        return new Proposal([rule.Setting], names[0], found, source, fitting) { IsStatus = rule.IsStatus, Configured = rule.Code };
    }

    private static Proposal Value(IReadOnlyList<string> settings, string configured, string kind, IReadOnlyDictionary<string, string> items)
    {
        var choices = items.Select(item => new Choice(item.Key, item.Value)).ToList();
        var name = OtmechalkaIdLabels.ValueName(configured);
        var (found, source) = Find(configured, name is null ? [] : [name], choices);
        var title = OperationsStrings.Of($"Value{kind}", name is null ? configured : $"«{name}»");
        return new Proposal(settings, title, found, source, choices) { Configured = configured };
    }

    private static (Choice? Found, ProposalSource Source) Find(string configured, string[] names, List<Choice> choices)
    {
        if (choices.Find(choice => choice.Code == configured) is { } known)
        {
            return (known, ProposalSource.Configured);
        }

        // The school's usual name before its others, however alike they are.
        foreach (var name in names)
        {
            var best = choices
                .Where(choice => choice.Label is not null)
                .Select(choice => (Choice: choice, Likeness: LabelMatch.Between(name, choice.Label!)))
                .Where(one => one.Likeness >= LabelMatch.Least)
                .OrderByDescending(one => one.Likeness)
                .FirstOrDefault();
            if (best.Choice is not null)
            {
                return (best.Choice, ProposalSource.Label);
            }
        }

        return (null, ProposalSource.None);
    }
}
