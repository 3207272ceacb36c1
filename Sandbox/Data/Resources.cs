namespace B24Otmechalka.Sandbox.Data;

/// <summary>The files embedded in this assembly, by their logical names in the project file.</summary>
internal static class Resources
{
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static Stream Open(string name) =>
        typeof(Resources).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");

    public static string ReadText(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
