using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>What happened, one line each, with the world's time. The same seed gives the same lines.</summary>
internal sealed class Trace(TimeProvider time)
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    /// <summary>Orders what happened, beside the clock: it never stands still.</summary>
    public int Sequence => lines.Count;

    public string Hash => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))), 0, 8);

    public void Add(string text) => lines.Add(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():dd HH:mm:ss.fff} {text}"));

    public string Tail(int count) => string.Join('\n', lines.TakeLast(count));
}
