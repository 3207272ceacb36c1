namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>The two official tables of HTTP statuses, columns A and B of docs/bitrix24.md, section 2.</summary>
internal enum ErrorEdition
{
    A,
    B,
}

/// <summary>Why a whole portal refuses every call (docs/bitrix24.md, section 2).</summary>
internal enum PortalBlock
{
    None,
    Overload,
    NoCommercialPlan,
    Deleted,
}
