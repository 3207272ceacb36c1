namespace B24Otmechalka.Sandbox;

/// <summary>The sandbox cannot start here; the message says why and what helps, in one line.</summary>
internal sealed class SandboxException(string message, Exception? cause = null) : Exception(message, cause)
{
    public static SandboxException PortInUse(IOException error) =>
        new($"{error.Message.TrimEnd('.')}. Name another port, or 0 for a free one; see --help.", error);
}
