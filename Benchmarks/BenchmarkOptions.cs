using System.Globalization;

namespace B24Otmechalka.Benchmarks;

/// <summary>What is to be measured.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        dotnet run -c Release --project Benchmarks -- [names] [options]

          names         read statuses contacts deals settled cold memory; none: all
          --quick       small sizes, one run: shows that everything works
          --runs N      runs of each measurement, default 5
          --peer-runs N runs of each peer, default 1: each takes minutes
          --no-peers    the product alone
          --no-large    without the largest size of each measurement
        """;

    public IReadOnlyList<string> Names { get; init; } = [];

    public bool IsQuick { get; init; }

    public int Runs { get; init; } = 5;

    public int PeerRuns { get; init; } = 1;

    public bool WithLarge { get; init; } = true;

    /// <exception cref="FormatException">An argument is not known.</exception>
    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { IsQuick = true, Runs = 1 },
                "--runs" => options with { Runs = Number(arguments, ++i) },
                "--peer-runs" => options with { PeerRuns = Number(arguments, ++i) },
                "--no-peers" => options with { PeerRuns = 0 },
                "--no-large" => options with { WithLarge = false },
                var name when !name.StartsWith('-') => options with { Names = [.. options.Names, name] },
                var unknown => throw new FormatException($"Not known: {unknown}\n\n{Usage}"),
            };
        }

        return options;
    }

    private static int Number(IReadOnlyList<string> arguments, int index) =>
        index < arguments.Count
        && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : throw new FormatException($"{arguments[index - 1]} wants a number.\n\n{Usage}");
}
