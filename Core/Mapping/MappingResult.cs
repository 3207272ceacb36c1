namespace B24Otmechalka.Core.Mapping;

/// <summary>What mapping made of a card (docs/spec.md, section 5).</summary>
internal abstract record MappingResult
{
    /// <summary>All its products or branches are unsupported: there is nothing to send.</summary>
    public sealed record OutOfScope : MappingResult;

    /// <summary>It is not eligible any more since it was read: it is left alone.</summary>
    public sealed record NotEligible : MappingResult;

    /// <summary>Bitrix24 did not show it at a second look.</summary>
    public sealed record Missing : MappingResult;

    /// <summary>It breaks the format; <paramref name="Status"/> names all its problems.</summary>
    public sealed record Invalid(string Status) : MappingResult
    {
        /// <summary>
        /// The same problems as version 1.0.0 worded them; <see langword="null"/> where it said the same. A card that holds that text says
        /// what it should.
        /// </summary>
        public string? FormerStatus { get; init; }
    }

    /// <summary>Its details could not be read from Bitrix24.</summary>
    /// <param name="Status">The text for its status field.</param>
    /// <param name="Code">A short code for the ledger and the logs.</param>
    public sealed record Unreadable(string Status, string Code) : MappingResult;

    /// <summary>It can be sent. <paramref name="PayloadHash"/> is a hash of what would be sent.</summary>
    public abstract record Ready(string PayloadHash) : MappingResult;
}
