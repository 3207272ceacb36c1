using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>What an examination of otmechalka's settings alone found.</summary>
/// <param name="Options">The settings; <see langword="null"/> when something is wrong.</param>
/// <param name="Problems">All that is wrong.</param>
/// <param name="Mapped">The IDs that the mapping names, as far as it is there.</param>
public sealed record ExaminedOtmechalka(OtmechalkaOptions? Options, IReadOnlyList<ConfigurationProblem> Problems, MappedIds Mapped)
{
    /// <summary>The settings.</summary>
    /// <exception cref="ConfigurationException">Something is wrong: all of it.</exception>
    public OtmechalkaOptions OrThrow() => Options ?? throw new ConfigurationException(Problems);
}

/// <summary>IDs of otmechalka that the mapping names: those of its first route and first branch office that are filled in.</summary>
/// <param name="Courses">The courses of a route; empty where none is whole.</param>
/// <param name="BranchOffice">The branch office of the same route.</param>
/// <param name="SellingBranchOffice">A branch office that sells.</param>
public sealed record MappedIds(IReadOnlyList<string> Courses, string? BranchOffice, string? SellingBranchOffice)
{
    /// <summary>No mapping.</summary>
    public static readonly MappedIds None = new([], null, null);

    /// <summary>Reads them; what is wrong with a mapping is not told, because nothing is mapped by them.</summary>
    internal static MappedIds Read(IConfiguration configuration)
    {
        var route = configuration
            .GetSection("Mapping:Contact:Routes")
            .GetChildren()
            .Select(route => (Courses: Texts(route.GetSection("Courses")), BranchOffice: VisibleText.Trim(route["BranchOffice"])))
            .FirstOrDefault(route => route.Courses.Count > 0 && !route.Courses.Contains(null) && route.BranchOffice is not null);
        var selling = Texts(configuration.GetSection("Mapping:Deal:BranchOffices")).FirstOrDefault(id => id is not null);
        return new MappedIds([.. route.Courses?.OfType<string>() ?? []], route.BranchOffice, selling);
    }

    private static List<string?> Texts(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => VisibleText.Trim(child.Value))];
}
