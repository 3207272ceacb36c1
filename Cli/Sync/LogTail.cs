using System.Text;

namespace B24Otmechalka.Cli.Sync;

/// <summary>Keeps the latest lines that were written to it.</summary>
internal sealed class LogTail : TextWriter
{
    private const int Most = 8;
    private readonly Queue<string> lines = new();

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public override void WriteLine(string? value)
    {
        lock (lines)
        {
            lines.Enqueue(value ?? "");
            if (lines.Count > Most)
            {
                lines.Dequeue();
            }
        }
    }

    public override void WriteLine(object? value) => WriteLine(value?.ToString());

    public override void Write(char value)
    {
        // Only whole lines are kept.
    }
}
