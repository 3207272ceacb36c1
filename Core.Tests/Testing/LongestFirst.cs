using B24Otmechalka.Core.Tests.Infra;
using B24Otmechalka.Core.Tests.Mutants;
using B24Otmechalka.Core.Tests.Processes;
using B24Otmechalka.Core.Tests.Sandbox.Page;
using B24Otmechalka.Core.Tests.Simulation;
using B24Otmechalka.Core.Tests.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("B24Otmechalka.Core.Tests.Testing.LongestFirst", "B24Otmechalka.Core.Tests")]

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// Starts the classes that take half a minute and more before the others, so that none of them is left to run alone at the end. No test
/// depends on it.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        .. new[]
        {
            typeof(MutantTests),
            typeof(StorageLossTests),
            typeof(ChecksTests),
            typeof(CrashTests),
            typeof(KillTests),
            typeof(HooksTests),
            typeof(EvenSeedsTests),
            typeof(OddSeedsTests),
            typeof(OddAnswerTests),
        }.Select(type => type.FullName!),
        PageFixture.Name,
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection =>
            Array.FindIndex(Longest, name => collection.DisplayName.EndsWith(name)) is var place and >= 0 ? place : Longest.Length
        );
}
