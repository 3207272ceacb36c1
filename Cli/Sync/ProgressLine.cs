using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Sync;

/// <summary>Shows on one line of a terminal how far a run has come.</summary>
internal sealed class ProgressLine(TextWriter error) : IProgress<RunReport>
{
    private const string EraseLine = "\r\u001b[K";
    private bool shown;

    public void Report(RunReport value)
    {
        shown = true;
        error.Write(EraseLine + SyncText.Progress(value));
    }

    public void Clear()
    {
        if (shown)
        {
            error.Write(EraseLine);
            shown = false;
        }
    }
}
