namespace B24Otmechalka.Core.Configuration;

/// <summary>An ID of otmechalka that the mapping needs.</summary>
/// <param name="Setting">The setting that holds it.</param>
/// <param name="IsCourse">A course, or else a branch office.</param>
/// <param name="Name">The same for IDs that are most likely the same.</param>
/// <param name="Label">What a person knows it by.</param>
/// <param name="Value">What is set; empty when nothing is.</param>
public sealed record OtmechalkaId(string Setting, bool IsCourse, string Name, string Label, string Value);

/// <summary>The IDs of otmechalka that the mapping needs, in its order.</summary>
public static class OtmechalkaIds
{
    /// <summary>All of them; none while nothing is known of the mapping.</summary>
    public static IReadOnlyList<OtmechalkaId> All(ExaminedSettings examined)
    {
        if (examined.Known is not { } known)
        {
            return [];
        }

        var found = new List<OtmechalkaId>();
        foreach (var (i, route) in known.Contact.Routes.Index())
        {
            var courses = $"Mapping__Contact__Routes__{i}__Courses";
            var unknown = examined.Problems.Count(problem => problem.Setting.StartsWith(courses, StringComparison.Ordinal));
            // A place that is empty is left out of the list, so that the others cannot be told apart.
            found.AddRange(
                Enumerable
                    .Range(0, route.Courses.Count + unknown)
                    .Select(place => Of(known, $"{courses}__{place}", unknown == 0 ? route.Courses[place] : ""))
            );
            found.Add(Of(known, $"Mapping__Contact__Routes__{i}__BranchOffice", route.BranchOffice));
        }

        return [.. found, .. known.Deal.BranchOffices.Select(pair => Of(known, "Mapping__Deal__BranchOffices__" + pair.Key, pair.Value))];
    }

    private static OtmechalkaId Of(Settings known, string setting, string value)
    {
        var label = OtmechalkaIdLabels.Of(setting, known) ?? new OtmechalkaIdLabel(false, setting);
        // The same course of another product is another course.
        var product = label.IsCourse ? OtmechalkaIdLabels.RouteOf(setting, known)?.Product : null;
        return new OtmechalkaId(setting, label.IsCourse, label.Text.Split(" (")[0] + product, label.Text, value);
    }
}
