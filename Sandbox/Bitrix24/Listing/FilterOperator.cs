namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>The prefixes of a filter key (docs/bitrix24.md, section 4).</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
    NotContains,
    Like,
}
