using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Inspection;

/// <summary>What a configured field must be.</summary>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Code">Its code.</param>
/// <param name="Types">The types that can be read.</param>
/// <param name="Multiple">Whether it is to hold several values.</param>
/// <param name="Values">The list values the mapping names.</param>
internal sealed record FieldRule(string Setting, string Code, IReadOnlyList<string> Types, bool Multiple, IReadOnlyList<string> Values)
{
    private static readonly string[] Text = ["string"];
    private static readonly string[] Date = ["date", "datetime"];
    private static readonly string[] List = ["enumeration"];

    /// <summary>Whether it is the status field, which the service writes.</summary>
    public bool IsStatus { get; private init; }

    /// <summary>The contact's fields (spec 5.1).</summary>
    public static IReadOnlyList<FieldRule> OfContacts(Settings settings)
    {
        var mapping = settings.Contact;
        return
        [
            new("Mapping__Contact__StatusField", mapping.StatusField, Text, false, []) { IsStatus = true },
            new("Mapping__Contact__StudentLastNameField", mapping.StudentLastNameField, Text, false, []),
            new("Mapping__Contact__StudentFirstNameField", mapping.StudentFirstNameField, Text, false, []),
            new("Mapping__Contact__BirthdateField", mapping.BirthdateField, Date, false, []),
            new("Mapping__Contact__ProductField", mapping.ProductField, List, true, [.. mapping.Routes.Select(route => route.Product).Distinct()]),
            new("Mapping__Contact__BranchField", mapping.BranchField, List, true, [.. mapping.Routes.Where(route => !route.AnyBranch).Select(route => route.Branch!).Distinct()]),
        ];
    }

    /// <summary>The deal's fields (spec 5.2).</summary>
    public static IReadOnlyList<FieldRule> OfDeals(Settings settings)
    {
        var mapping = settings.Deal;
        return
        [
            new("Mapping__Deal__StatusField", mapping.StatusField, Text, false, []) { IsStatus = true },
            new("Mapping__Deal__SellingDateField", mapping.SellingDateField, Date, false, []),
            new("Mapping__Deal__BranchField", mapping.BranchField, List, true, [.. mapping.BranchOffices.Keys]),
            new("Mapping__Deal__PaymentMethodField", mapping.PaymentMethodField, List, false, [.. mapping.CashPaymentMethods.Distinct()]),
        ];
    }
}
