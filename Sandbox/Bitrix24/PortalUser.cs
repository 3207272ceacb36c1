namespace B24Otmechalka.Sandbox.Bitrix24;

/// <summary>An employee (docs/bitrix24.md, section 8). A dismissed one is not <paramref name="Active"/> but still returned.</summary>
internal sealed record PortalUser(long Id, string Name, string LastName, bool Active = true)
{
    public string SecondName { get; init; } = "";

    public string Email { get; init; } = "";

    /// <summary>
    /// Bots, mail users and the like are never returned (docs/bitrix24.md, section 8): only <c>employee</c> and <c>extranet</c> are.
    /// </summary>
    public string UserType { get; init; } = "employee";
}
