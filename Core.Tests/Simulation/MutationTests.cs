using B24Otmechalka.Core.Http;
using Xunit;
using Xunit.Abstractions;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>Every mechanism is needed: the simulation fails without it, within 2,000 seeds.</summary>
public abstract class MutationTests(ITestOutputHelper output, int half)
{
    private const int MostSeeds = 2000;

    /// <summary>Where the rare ones were found last: tried first, to save time.</summary>
    private static readonly Dictionary<Mechanism, int> FoundLast = new()
    {
        [Mechanism.PortalClock] = 211,
        [Mechanism.WaitForLateCreate] = 374,
        [Mechanism.ClientWait] = 193,
        [Mechanism.WonRecheck] = 202,
        [Mechanism.RulesFingerprint] = 101,
    };

    [Fact]
    public void Play_WithoutAMechanism_FindsThatItIsMissing()
    {
        var missed = new List<Mechanism>();
        foreach (var mechanism in Enum.GetValues<Mechanism>().Where(mechanism => (int)mechanism % 2 == half && IsAsked(mechanism)))
        {
            var seeds = FoundLast.TryGetValue(mechanism, out var last) ? Enumerable.Range(1, MostSeeds).Prepend(last) : Enumerable.Range(1, MostSeeds);
            var found = seeds.Select(seed => Story.Play(seed, mechanism)).FirstOrDefault(end => end.Violation is not null);
            output.WriteLine($"{mechanism}: {(found is null ? "not found" : $"seed {found.Seed}: {found.Violation}")}");
            if (found is null)
            {
                missed.Add(mechanism);
            }
        }

        Assert.Empty(missed);
    }

    private static bool IsAsked(Mechanism mechanism) =>
        Environment.GetEnvironmentVariable("SIMULATION_MECHANISMS") is not { } names || names.Split(',').Contains(mechanism.ToString());
}

/// <inheritdoc/>
public sealed class EvenMechanismsTests(ITestOutputHelper output) : MutationTests(output, 0);

/// <inheritdoc/>
public sealed class OddMechanismsTests(ITestOutputHelper output) : MutationTests(output, 1);
