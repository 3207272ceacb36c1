namespace B24Otmechalka.Sandbox.Bitrix24;

/// <summary>
/// An inbound webhook (docs/bitrix24.md, section 11): its owner signs every write; its rights are its scopes and the owner's.
/// </summary>
internal sealed record Webhook(long UserId, string Token)
{
    public IReadOnlyList<string> Scopes { get; init; } = ["crm", "user_brief"];

    /// <summary>CRM administrator: needed to add user fields (docs/bitrix24.md, section 10).</summary>
    public bool Admin { get; init; } = true;

    /// <summary>A dismissed owner makes every call an authorisation error (docs/bitrix24.md, section 11).</summary>
    public bool OwnerActive { get; init; } = true;
}
