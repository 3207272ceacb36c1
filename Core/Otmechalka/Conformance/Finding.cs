namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>How far the stand keeps one point of the contract.</summary>
public enum Conformity
{
    /// <summary>As the contract says.</summary>
    Kept,

    /// <summary>Could not be looked at, because something before it failed.</summary>
    Skipped,

    /// <summary>Not as the contract says, and the product gets on with it.</summary>
    Differs,

    /// <summary>Broken: somebody gets a worse text, or a value that nobody needs every day is wrong.</summary>
    Minor,

    /// <summary>Broken: records do not go over, or whole runs end.</summary>
    Serious,

    /// <summary>Broken: data are wrong or can be seen by strangers, and nobody is told.</summary>
    Critical,
}

/// <summary>One way not to keep the contract. Its texts belong to whoever shows it.</summary>
/// <param name="Code">Its name, the same in every language.</param>
/// <param name="Conformity">How bad it is.</param>
public sealed record Deviation(string Code, Conformity Conformity);

/// <summary>What was found out about one point of the contract.</summary>
/// <param name="Check">The point, by its code in <see cref="Checks"/>.</param>
/// <param name="Field">The field that was missing or wrong in what was sent; <see langword="null"/> where it is about no field.</param>
/// <param name="Conformity">How far it is kept.</param>
/// <param name="Deviation">What is not as it should be; <see langword="null"/> when it is kept or was skipped.</param>
/// <param name="Evidence">What was sent and what came back, in one line. Holds no secret and nobody's data.</param>
public sealed record Finding(string Check, string? Field, Conformity Conformity, Deviation? Deviation, string Evidence)
{
    /// <summary>Whether the contract is broken here.</summary>
    public bool IsBroken => Conformity >= Conformity.Minor;
}

/// <summary>A record that the run has left on the stand.</summary>
/// <param name="Kind"><c>client</c> or <c>ticket</c>.</param>
/// <param name="OriginId">Its external ID; empty when the stand took one without.</param>
/// <param name="Id">Its own ID.</param>
public sealed record CreatedRecord(string Kind, string OriginId, string Id);

/// <summary>How a conformance run ended.</summary>
public enum ConformanceEnd
{
    /// <summary>All that could be looked at was.</summary>
    Complete,

    /// <summary>The address is no such API, or it refuses the key: nothing else was looked at, nothing was written.</summary>
    Stopped,

    /// <summary>No answers come, or none any more.</summary>
    Unavailable,

    /// <summary>A person did not want anything to be written.</summary>
    Declined,

    /// <summary>Cancelled while it ran.</summary>
    Cancelled,
}

/// <summary>All that a conformance run found.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Reason">For an unavailable stand: the short code of the last failure.</param>
/// <param name="Findings">In the order they were made.</param>
/// <param name="Created">What it has left on the stand.</param>
/// <param name="Requests">How many requests were sent.</param>
/// <param name="Lost">How many of them got no answer, or one that asks to come again.</param>
/// <param name="Slowest">How long the slowest answer took.</param>
public sealed record ConformanceReport(
    ConformanceEnd End,
    string? Reason,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<CreatedRecord> Created,
    int Requests,
    int Lost,
    TimeSpan Slowest
);
