using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>Reads and checks the mapping (spec 5): no field is missing, no ID is empty, and the status field is one of its own.</summary>
internal static class MappingReader
{
    private const string Contact = "Mapping__Contact__";
    private const string Deal = "Mapping__Deal__";

    public static ContactMapping ReadContact(SettingSource source)
    {
        var mapping = source.Configuration.GetSection(ContactMapping.Section).Get<ContactMapping>() ?? new ContactMapping();
        Fields(source, Contact, nameof(ContactMapping.StatusField),
            nameof(ContactMapping.StudentLastNameField), nameof(ContactMapping.StudentFirstNameField), nameof(ContactMapping.BirthdateField),
            nameof(ContactMapping.ProductField), nameof(ContactMapping.BranchField));
        if (mapping.Routes.Count == 0)
        {
            source.Wrong(Contact + "Routes", "at least one product is required");
        }

        for (var i = 0; i < mapping.Routes.Count; i++)
        {
            var (route, name) = (mapping.Routes[i], $"{Contact}Routes__{i}__");
            source.Required(name + nameof(ContactRoute.Product));
            source.Required(name + nameof(ContactRoute.BranchOffice));
            if (route.Courses.Count == 0)
            {
                source.Wrong(name + nameof(ContactRoute.Courses), "at least one course is required");
            }

            foreach (var course in source.Configuration.GetSection(name.Replace("__", ":", StringComparison.Ordinal) + nameof(ContactRoute.Courses)).GetChildren())
            {
                source.Required(name + nameof(ContactRoute.Courses) + "__" + course.Key);
            }

            if (mapping.Routes.Take(i).Any(other => other.Product == route.Product && (other.Branch ?? "") == (route.Branch ?? "")))
            {
                source.Wrong(name + nameof(ContactRoute.Product), "this product and branch stand in the table already");
            }
        }

        return mapping;
    }

    public static DealMapping ReadDeal(SettingSource source)
    {
        var mapping = source.Configuration.GetSection(DealMapping.Section).Get<DealMapping>() ?? new DealMapping();
        Fields(source, Deal, nameof(DealMapping.StatusField),
            nameof(DealMapping.SellingDateField), nameof(DealMapping.BranchField), nameof(DealMapping.PaymentMethodField));
        NotEmpty(source, Deal + nameof(DealMapping.Stages), mapping.Stages, "at least one stage is required, usually WON");
        NotEmpty(source, Deal + nameof(DealMapping.CashPaymentMethods), mapping.CashPaymentMethods, "at least one payment method is required");
        if (mapping.BranchOffices.Count == 0)
        {
            source.Wrong(Deal + nameof(DealMapping.BranchOffices), "at least one branch is required");
        }

        foreach (var branch in mapping.BranchOffices.Keys)
        {
            source.Required(Deal + nameof(DealMapping.BranchOffices) + "__" + branch);
        }

        return mapping;
    }

    // The first is the status field: it must be none of the others, or it would overwrite what it reports on (spec 7).
    private static void Fields(SettingSource source, string prefix, params string[] names)
    {
        var codes = names.Select(name => (Name: prefix + name, Code: source.Required(prefix + name))).ToList();
        foreach (var (name, code) in codes.Where(field => field.Code is not null && !IsFieldCode(field.Code)))
        {
            source.Wrong(name, "expected the code of a field, such as UF_CRM_1608028374");
        }

        if (codes[0].Code is not { } status || !IsFieldCode(status))
        {
            return;
        }

        if (!status.StartsWith("UF_CRM_", StringComparison.Ordinal))
        {
            source.Wrong(codes[0].Name, "the status field must be a field of its own, with a code that begins with UF_CRM_");
        }
        else if (codes.Skip(1).Where(field => field.Code == status).Select(field => field.Name).FirstOrDefault() is { } same)
        {
            source.Wrong(codes[0].Name, $"the status field must be a field of its own, but it is the same as {same}");
        }
    }

    private static bool IsFieldCode(string code) => code.Length <= 60 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private static void NotEmpty(SettingSource source, string name, IList<string> values, string problem)
    {
        if (values.Count == 0 || values.All(string.IsNullOrWhiteSpace))
        {
            source.Wrong(name, problem);
        }
    }
}
