namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>What a conformance run may name on the stand: only what the stand really has, so that a refusal means something.</summary>
public sealed record ConformanceOptions
{
    /// <summary>
    /// What every external ID of such a run begins with. Bitrix24's IDs are numbers above zero, so no contact and no deal of a school can
    /// ever have one of these.
    /// </summary>
    public const string Prefix = "b24sync-test-";

    /// <summary>
    /// The phone of all invented pupils. No operator has the code 000, so a message that otmechalka might send reaches nobody.
    /// </summary>
    public const string NobodysPhone = "70000000000";

    /// <summary>IDs of courses that the stand has.</summary>
    public required IReadOnlyList<string> Courses { get; init; }

    /// <summary>ID of a branch office that the stand has.</summary>
    public required string BranchOffice { get; init; }

    /// <summary>ID of a branch office that sells; usually the same.</summary>
    public required string SellingBranchOffice { get; init; }

    /// <summary>Name of a ticket type that the stand has.</summary>
    public required string TicketType { get; init; }

    /// <summary>Who sells, as the stand knows the person.</summary>
    public required string Employee { get; init; }

    /// <summary>The phone that is sent.</summary>
    public string Phone { get; init; } = NobodysPhone;

    /// <summary>What the external IDs of this run have after <see cref="Prefix"/>, so that two runs never meet.</summary>
    public required string Run { get; init; }
}
