using B24Otmechalka.Core.Contacts;

namespace B24Otmechalka.Core.Configuration;

/// <summary>What an ID of otmechalka stands for.</summary>
/// <param name="IsCourse">A course, or else a branch office.</param>
/// <param name="Text">Its name, and for which product or branch it is.</param>
internal sealed record OtmechalkaIdLabel(bool IsCourse, string Text);

/// <summary>
/// The names of docs/spec.md, section 5 beside the IDs of <c>mapping.json</c> that are not known yet: an operator asks otmechalka for them
/// by these names. Only shown, never used; a product or branch that is not among them is shown by its ID.
/// </summary>
internal static class OtmechalkaIdLabels
{
    private const string Routes = "Mapping__Contact__Routes__";
    private const string Offices = "Mapping__Deal__BranchOffices__";
    private const string Cash = "450";

    private static readonly string[] Courses = ["Групповые занятия", "Индивидуальные занятия"];

    private static readonly Dictionary<string, string> Products = new() { ["410"] = "Онлайн школа", ["404"] = "Обучение шахматам" };

    private static readonly Dictionary<string, (string Branch, string Office)> Branches = new()
    {
        ["48"] = ("Гоголевский", "+ ЦДШ `МСК"),
        ["12708"] = ("Сколково", "+ СКОЛКОВО `МСК *"),
        ["186"] = ("Гоголевский", "+ ЦДШ `МСК"),
        ["12706"] = ("Сколково", "+ СКОЛКОВО `МСК *"),
    };

    /// <summary>What Bitrix24 calls a list value of the mapping; <see langword="null"/> for one that the school did not have.</summary>
    public static string? ValueName(string id) =>
        id == Cash ? "Наличные"
        : Products.TryGetValue(id, out var product) ? product
        : Branches.TryGetValue(id, out var names) ? names.Branch
        : null;

    /// <summary>The label; <see langword="null"/> when the setting holds no ID of otmechalka.</summary>
    public static OtmechalkaIdLabel? Of(string setting, Settings? known)
    {
        if (BranchOf(setting) is { } branch)
        {
            return new OtmechalkaIdLabel(false, Branches.TryGetValue(branch, out var names) ? Office(names) : $"({branch})");
        }

        if (RouteOf(setting, known) is not { } route)
        {
            return null;
        }

        var parts = setting.Split("__");
        var product = Products.GetValueOrDefault(route.Product, route.Product);
        return parts switch
        {
            [.., "Courses", var place] => new OtmechalkaIdLabel(true, $"{Course(place)} ({product}{BranchName(route.Branch)})"),
            [.., "BranchOffice"] => new OtmechalkaIdLabel(
                false,
                route.Branch is { } one && Branches.TryGetValue(one, out var names)
                    ? Office(names)
                    : $"({product}{BranchName(route.Branch)})"
            ),
            _ => null,
        };
    }

    private static string Office((string Branch, string Office) names) => $"«{names.Office}» ({names.Branch})";

    private static string BranchName(string? branch) =>
        branch is null ? "" : ", " + (Branches.TryGetValue(branch, out var names) ? names.Branch : branch);

    private static string Course(string place) =>
        int.TryParse(place, out var number) && Courses.ElementAtOrDefault(number) is { } name ? $"«{name}»" : place;

    /// <summary>The route that a setting is of; <see langword="null"/> when it is of none.</summary>
    internal static ContactRoute? RouteOf(string setting, Settings? known) =>
        setting.StartsWith(Routes, StringComparison.Ordinal)
        && int.TryParse(setting[Routes.Length..].Split("__")[0], out var place)
        && known?.Contact.Routes.ElementAtOrDefault(place) is { } route
            ? route
            : null;

    /// <summary>The deal's branch that a setting is of; <see langword="null"/> when it is of none.</summary>
    internal static string? BranchOf(string setting) =>
        setting.StartsWith(Offices, StringComparison.Ordinal) ? setting[Offices.Length..] : null;
}
