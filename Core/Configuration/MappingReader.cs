using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// Reads and checks the mapping (docs/spec.md, section 5): no field is missing, no code or ID is empty or has a blank inside, and the
/// status field is one of its own. The codes and IDs it gives are the checked ones, without what stood around them.
/// </summary>
internal static class MappingReader
{
    private const string Contact = "Mapping__Contact__";
    private const string Deal = "Mapping__Deal__";

    public static ContactMapping ReadContact(SettingSource source)
    {
        var mapping = new ContactMapping
        {
            StatusField = Field(source, Contact + nameof(ContactMapping.StatusField)),
            StudentLastNameField = Field(source, Contact + nameof(ContactMapping.StudentLastNameField)),
            StudentFirstNameField = Field(source, Contact + nameof(ContactMapping.StudentFirstNameField)),
            BirthdateField = Field(source, Contact + nameof(ContactMapping.BirthdateField)),
            ProductField = Field(source, Contact + nameof(ContactMapping.ProductField)),
            BranchField = Field(source, Contact + nameof(ContactMapping.BranchField)),
            Routes = ReadRoutes(source, Contact + nameof(ContactMapping.Routes)),
        };
        CheckStatusField(
            source,
            Contact + nameof(ContactMapping.StatusField),
            mapping.StatusField,
            new Dictionary<string, string>
            {
                [nameof(ContactMapping.StudentLastNameField)] = mapping.StudentLastNameField,
                [nameof(ContactMapping.StudentFirstNameField)] = mapping.StudentFirstNameField,
                [nameof(ContactMapping.BirthdateField)] = mapping.BirthdateField,
                [nameof(ContactMapping.ProductField)] = mapping.ProductField,
                [nameof(ContactMapping.BranchField)] = mapping.BranchField,
            }
        );
        return mapping;
    }

    public static DealMapping ReadDeal(SettingSource source)
    {
        var mapping = new DealMapping
        {
            StatusField = Field(source, Deal + nameof(DealMapping.StatusField)),
            SellingDateField = Field(source, Deal + nameof(DealMapping.SellingDateField)),
            BranchField = Field(source, Deal + nameof(DealMapping.BranchField)),
            PaymentMethodField = Field(source, Deal + nameof(DealMapping.PaymentMethodField)),
            Stages = Codes(source, Deal + nameof(DealMapping.Stages), "StageRequired"),
            CashPaymentMethods = Codes(source, Deal + nameof(DealMapping.CashPaymentMethods), "PaymentMethodRequired"),
            BranchOffices = ReadBranchOffices(source, Deal + nameof(DealMapping.BranchOffices)),
        };
        CheckStatusField(
            source,
            Deal + nameof(DealMapping.StatusField),
            mapping.StatusField,
            new Dictionary<string, string>
            {
                [nameof(DealMapping.SellingDateField)] = mapping.SellingDateField,
                [nameof(DealMapping.BranchField)] = mapping.BranchField,
                [nameof(DealMapping.PaymentMethodField)] = mapping.PaymentMethodField,
            }
        );
        return mapping;
    }

    private static List<ContactRoute> ReadRoutes(SettingSource source, string name)
    {
        var routes = new List<ContactRoute>();
        foreach (var place in Places(source, name, "ProductRequired"))
        {
            var route = new ContactRoute
            {
                Product = source.Code(place + "__" + nameof(ContactRoute.Product)) ?? "",
                Branch = source.Code(place + "__" + nameof(ContactRoute.Branch), isRequired: false),
                BranchOffice = source.Code(place + "__" + nameof(ContactRoute.BranchOffice)) ?? "",
                Courses = Codes(source, place + "__" + nameof(ContactRoute.Courses), "CourseRequired"),
            };
            if (route.Product.Length > 0 && routes.Exists(other => other.Product == route.Product && other.Branch == route.Branch))
            {
                source.Wrong(place + "__" + nameof(ContactRoute.Product), ConfigurationStrings.Of("RouteTwice"));
            }

            routes.Add(route);
        }

        return routes;
    }

    // A key is an ID too: with a blank before it, it would be a branch that no deal has.
    private static Dictionary<string, string> ReadBranchOffices(SettingSource source, string name)
    {
        var offices = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = source.Below(name);
        if (names.Count == 0)
        {
            source.Wrong(name, ConfigurationStrings.Of("BranchRequired"));
        }

        foreach (var one in names)
        {
            var branch = VisibleText.Trim(one[(name.Length + 2)..]) ?? "";
            if (branch.Length == 0)
            {
                source.Wrong(name, ConfigurationStrings.Of("BranchEmpty"));
            }
            else if (VisibleText.IsWithin(branch))
            {
                source.Wrong(one, ConfigurationStrings.Of("BlankInsideBranch"));
            }
            else if (!offices.TryAdd(branch, source.Code(one) ?? ""))
            {
                source.Wrong(name + "__" + branch, ConfigurationStrings.Of("BranchTwice"));
            }
        }

        // In one order, whatever stood around the keys: what is known of a deal is told from changes of the mapping by it.
        return new Dictionary<string, string>(offices.OrderBy(pair => pair.Key, ConfigurationKeyComparer.Instance), StringComparer.Ordinal);
    }

    private static List<string> Codes(SettingSource source, string name, string ifNone) =>
        [.. Places(source, name, ifNone).Select(place => source.Code(place)).OfType<string>()];

    private static List<string> Places(SettingSource source, string name, string ifNone)
    {
        var names = source.Below(name);
        if (names.Count == 0)
        {
            source.Wrong(name, ConfigurationStrings.Of(ifNone));
        }

        var others = names.Where(one => !one[(name.Length + 2)..].All(char.IsAsciiDigit)).ToList();
        others.ForEach(other => source.Wrong(other, ConfigurationStrings.Of("ExpectedList", name)));
        return [.. names.Except(others)];
    }

    private static string Field(SettingSource source, string name)
    {
        if (source.Code(name) is not { } code)
        {
            return "";
        }

        if (IsFieldCode(code))
        {
            return code;
        }

        source.Wrong(name, ConfigurationStrings.Of("ExpectedFieldCode"));
        return "";
    }

    // It must be none of the others, or it would overwrite what it reports on (docs/spec.md, section 7).
    private static void CheckStatusField(SettingSource source, string name, string status, Dictionary<string, string> others)
    {
        if (status.Length > 0 && !status.StartsWith("UF_CRM_", StringComparison.Ordinal))
        {
            source.Wrong(name, ConfigurationStrings.Of("StatusFieldCode"));
        }
        else if (status.Length > 0 && others.FirstOrDefault(other => other.Value == status).Key is { } same)
        {
            var other = name[..(name.LastIndexOf('_') + 1)] + same;
            source.Wrong(name, ConfigurationStrings.Of("StatusFieldTaken", other));
        }
    }

    private static bool IsFieldCode(string code) =>
        code.Length <= 60 && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
