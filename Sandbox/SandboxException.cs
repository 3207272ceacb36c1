namespace B24Otmechalka.Sandbox;

/// <summary>The sandbox cannot start here; the message says why and what helps, in one line.</summary>
internal sealed class SandboxException(string message, Exception? cause = null) : Exception(message, cause);
