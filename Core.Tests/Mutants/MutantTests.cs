using B24Otmechalka.Core.Tests.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace B24Otmechalka.Core.Tests.Mutants;

/// <summary>
/// Every rule of the table is needed: without it the simulation finds something wrong, within 2,000 seeds. A normal run
/// plays those that the first seeds find; <c>MUTANTS=all</c> plays them all, <c>MUTANTS=Name,Name</c> these.
/// </summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const int MostSeeds = 2000;

    /// <summary>The others are left to the whole table: each mutant takes some five seconds.</summary>
    private const int SoonSeeds = 1;

    private static readonly string? Asked = Environment.GetEnvironmentVariable("MUTANTS");

    [Fact]
    public void Table_Names_AreUnique() =>
        Assert.Equal(MutantTable.All.Count, MutantTable.All.Select(mutant => mutant.Name).Distinct().Count());

    [Fact]
    public void Table_Originals_StandInTheSources() =>
        Assert.All(MutantTable.All, mutant => Assert.NotEmpty(MutantCompiler.Mutated(mutant).Text));

    [Fact]
    public void Play_CoreAsItIs_FindsNothing()
    {
        using var simulation = new MutantSimulation(MutantCompiler.Compile(null));

        Assert.All(Enumerable.Range(1, 20), seed => Assert.Null(simulation.Play(seed)));
    }

    [Fact]
    public void Play_EveryMutant_IsFound()
    {
        var missed = new List<string>();
        var asked = MutantTable.All.Where(IsAsked).ToList();
        Assert.NotEmpty(asked);
        foreach (var mutant in asked)
        {
            if (Find(mutant, MutantCompiler.Compile(mutant)) is null)
            {
                missed.Add(mutant.Name);
            }
        }

        Assert.Empty(missed);
    }

    private int? Find(Mutant mutant, byte[] core)
    {
        using var simulation = new MutantSimulation(core);
        foreach (var seed in mutant.FoundAt is { } last ? Enumerable.Range(1, MostSeeds).Prepend(last) : Enumerable.Range(1, MostSeeds))
        {
            if (simulation.Play(seed) is { } violation)
            {
                output.WriteLine($"{mutant.Name}: seed {seed}: {violation}");
                return seed;
            }
        }

        output.WriteLine($"{mutant.Name}: not found");
        return null;
    }

    private static bool IsAsked(Mutant mutant) =>
        Asked switch
        {
            null or "" => mutant.FoundAt is <= SoonSeeds,
            "all" => true,
            var names => names.Split(',').Contains(mutant.Name),
        };
}
