using System.Text;

namespace B24Otmechalka.Cli.Output;

/// <summary>
/// Messages on a terminal: each line is cut between words so that it fits eighty columns. Where nobody looks, a message stays one line, so
/// that it can be searched for.
/// </summary>
internal sealed class WrappedWriter(TextWriter inner) : TextWriter
{
    private const string Indentation = "  ";

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override Task WriteAsync(string? value) => inner.WriteAsync(value);

    public override void Flush() => inner.Flush();

    public override void WriteLine(string? value)
    {
        foreach (var line in (value ?? "").Split('\n'))
        {
            foreach (var (i, cut) in LineWrap.Cuts(line, LineWrap.Columns, LineWrap.Columns - Indentation.Length).Index())
            {
                inner.WriteLine((i == 0 ? "" : Indentation) + line[cut]);
            }
        }
    }
}
