using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Rest;

namespace B24Otmechalka.Sandbox.Bitrix24;

/// <summary>
/// Where docs/bitrix24.md is silent or tells of differences, the portal can be switched; all of it also while it runs. The defaults are
/// the likeliest behaviour of today's cloud.
/// </summary>
internal sealed class Bitrix24PortalOptions
{
    /// <summary>The zone of every time it prints, and of times given without an offset (docs/bitrix24.md, section 4).</summary>
    public TimeSpan ServerOffset { get; set; } = TimeSpan.FromHours(3);

    /// <summary>Which of the two official tables of HTTP statuses holds (docs/bitrix24.md, section 2).</summary>
    public ErrorEdition ErrorEdition { get; set; } = ErrorEdition.A;

    /// <summary>The rate limit (docs/bitrix24.md, section 3); <see langword="null"/> switches it off.</summary>
    public RateLimit? RateLimit { get; set; }

    /// <summary>Whether a refused request adds to the rate counter as well. Not documented.</summary>
    public bool RefusedRequestsCount { get; set; }

    /// <summary>
    /// Execution time one method may spend in ten minutes for one webhook (docs/bitrix24.md, section 3); <see langword="null"/>: no limit.
    /// </summary>
    public TimeSpan? OperatingLimit { get; set; }

    /// <summary>How long calls take: the source of <c>time.duration</c> and <c>operating</c>.</summary>
    public LatencyModel Latency { get; set; } = new();

    /// <summary>Whether a call really takes its time, through the portal's <see cref="TimeProvider"/>.</summary>
    public bool WaitForLatency { get; set; }

    /// <summary>The network's share of each request's duration, waited only with <see cref="WaitForLatency"/>.</summary>
    public TimeSpan RoundTrip { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>An HTTP request that would take longer is cut off with a front end's HTML page (docs/bitrix24.md, section 1).</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a write by a person stays invisible, with the DATE_MODIFY of its start (docs/bitrix24.md, trap 4).</summary>
    public TimeSpan CommitDelay { get; set; }

    /// <summary>
    /// Whether an update that changes nothing moves DATE_MODIFY all the same (docs/bitrix24.md, section 5, older portals).
    /// </summary>
    public bool NoOpUpdateMovesDateModify { get; set; }

    /// <summary>Whether setting product rows moves the deal's DATE_MODIFY (docs/bitrix24.md, section 7).</summary>
    public bool ProductRowsMoveDateModify { get; set; } = true;

    /// <summary>Whether a page past the end is the first page again, as in old kernels (docs/bitrix24.md, section 4).</summary>
    public bool PagePastEndIsFirst { get; set; }

    /// <summary>Whether the masks <c>*</c> and <c>UF_*</c> leave out multiple user fields (docs/bitrix24.md, section 4).</summary>
    public bool MasksOmitMultipleFields { get; set; } = true;

    /// <summary>Whether an empty multiple user field is <c>[]</c> instead of <c>false</c> (docs/bitrix24.md, section 6).</summary>
    public bool EmptyMultipleIsList { get; set; }

    /// <summary>
    /// Whether the elements of a multiple enumeration are numbers or strings; not documented (docs/bitrix24.md, section 6).
    /// </summary>
    public bool MultipleValuesAsNumbers { get; set; } = true;

    /// <summary>Whether an unresolved <c>$result[…]</c> stays as written instead of becoming empty (docs/bitrix24.md, section 9).</summary>
    public bool UnresolvedReferencesStay { get; set; }

    /// <summary>Whether <c>user.get</c> drops prefixed filter keys, as old servers do (docs/bitrix24.md, section 8).</summary>
    public bool UserFilterDropsPrefixes { get; set; }

    /// <summary>
    /// Whether plain HTTP is refused with INVALID_REQUEST (docs/bitrix24.md, section 1). Off: the sandbox listens on loopback.
    /// </summary>
    public bool RequireHttps { get; set; }

    /// <summary>
    /// A block of the whole portal, answered to every call: overload, plan, deleted portal (docs/bitrix24.md, section 2).
    /// </summary>
    public PortalBlock Block { get; set; }
}
