using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>What otmechalka answered, when it answered something that concerns this record.</summary>
internal enum OtmechalkaVerdict
{
    /// <summary>200 or 201 with the object.</summary>
    Accepted,

    /// <summary>404 to a search or an update: there is no such client or ticket.</summary>
    Absent,

    /// <summary>A 4xx: this record is refused.</summary>
    Refused,

    /// <summary>A 500: this record's, unless several in a row get one.</summary>
    Failed,

    /// <summary>A create whose answer did not come and which, by a search, has not been carried out (yet).</summary>
    Unclear,
}

/// <summary>An answer.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Message">For a refused or failed one: one readable line for the managers. May hold personal data: never logged.</param>
/// <param name="Code">For the ledger and the logs: <c>HTTP 400</c>.</param>
internal sealed record OtmechalkaAnswer(OtmechalkaVerdict Verdict, string? Message = null, string? Code = null)
{
    public static readonly OtmechalkaAnswer Accepted = new(OtmechalkaVerdict.Accepted);
    public static readonly OtmechalkaAnswer Absent = new(OtmechalkaVerdict.Absent);

    /// <summary>For a refused one: the one field it is about, by the API's name; <see langword="null"/> where it is not so.</summary>
    public string? Field { get; init; }

    /// <summary>Whether a create that ended so may be carried out yet: the server may still be at it.</summary>
    public bool MayStillArrive { get; init; }

    /// <summary>For an unclear create: why otmechalka cannot be used now, when it cannot.</summary>
    public UnavailableException? Failure { get; init; }
}
