using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>The seeds of the normal run, in ranges that run side by side; more, or one alone, by environment variables.</summary>
public abstract class SimulationTests(ITestOutputHelper output, int range)
{
    private const int Ranges = 2;
    private const int NormalSeeds = 120;
    private const int LoggedEvery = 1000;

    private static readonly Lock LogLock = new();

    [Fact]
    public void Play_EverySeed_EndsWhereTheOracleSaysAndFallsSilent()
    {
        var failures = new List<int>();
        var played = 0;
        foreach (var seed in Seeds())
        {
            var end = Story.Play(seed);
            if (end.Violation is not null)
            {
                failures.Add(seed);
                output.WriteLine($"seed {seed}: {end.Violation}\n{end.Trace.Tail(failures.Count > 1 ? 0 : 40)}");
                Log($"seed {seed}: {end.Violation}");
            }

            if (++played % LoggedEvery == 0)
            {
                Log($"{played} seeds of range {range} played, {failures.Count} fail");
            }

            if (Number("SIMULATION_SEED") is not null)
            {
                output.WriteLine(end.Trace.Tail(int.MaxValue));
            }
        }

        Assert.True(
            failures.Count == 0,
            $"{failures.Count} seeds fail: {string.Join(' ', failures.Take(50))}. Replay one with SIMULATION_SEED=n."
        );
    }

    private IEnumerable<int> Seeds() =>
        Number("SIMULATION_SEED") is { } one
            ? range == 0
                ? [one]
                : []
            : Enumerable.Range(1, Number("SIMULATION_SEEDS") ?? NormalSeeds).Where(seed => seed % Ranges == range);

    // The output of a test is shown at its end only: a run of an hour wants to be looked at before.
    private static void Log(string line)
    {
        if (Environment.GetEnvironmentVariable("SIMULATION_LOG") is { Length: > 0 } path)
        {
            lock (LogLock)
            {
                File.AppendAllText(path, line + Environment.NewLine);
            }
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <inheritdoc/>
public sealed class EvenSeedsTests(ITestOutputHelper output) : SimulationTests(output, 0);

/// <inheritdoc/>
public sealed class OddSeedsTests(ITestOutputHelper output) : SimulationTests(output, 1);
