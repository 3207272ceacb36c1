using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Puts beside each list value of the mapping what it is called in Bitrix24 and where it goes in otmechalka.</summary>
internal static class MappingLabels
{
    public static IEnumerable<MappedValue> OfContacts(Settings settings, IReadOnlyDictionary<string, FieldDescription>? fields) =>
        settings.Contact.Routes.Select(route => new MappedValue(
            "contact",
            [
                Value("product", settings.Contact.ProductField, route.Product, fields),
                route.AnyBranch ? new LabelledValue("branch", "*", "any or none") : Value("branch", settings.Contact.BranchField, route.Branch!, fields),
            ],
            [.. route.Courses.Select(course => KeyValuePair.Create("course", course)), KeyValuePair.Create("branchoffice", route.BranchOffice)]));

    public static IEnumerable<MappedValue> OfDeals(Settings settings, IReadOnlyDictionary<string, FieldDescription>? fields)
    {
        var mapping = settings.Deal;
        return mapping.BranchOffices
            .Select(pair => new MappedValue("deal", [Value("branch", mapping.BranchField, pair.Key, fields)], [KeyValuePair.Create("selling_branchoffice", pair.Value)]))
            .Concat(mapping.CashPaymentMethods
                .Select(method => new MappedValue("deal", [Value("payment method", mapping.PaymentMethodField, method, fields)], [KeyValuePair.Create("payment_method", "CASH")])))
            .Append(new MappedValue("deal", [new LabelledValue("payment method", "*", "any other")], [KeyValuePair.Create("payment_method", "ONLINE")]));
    }

    private static LabelledValue Value(string means, string field, string id, IReadOnlyDictionary<string, FieldDescription>? fields) =>
        new(means, id, fields?.GetValueOrDefault(field)?.Items.GetValueOrDefault(id));
}
