namespace B24Otmechalka.Cli;

/// <summary>The command cannot do what it was asked; one clear line says why.</summary>
internal sealed class CommandException(int code, string message) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public int Code { get; } = code;
}
