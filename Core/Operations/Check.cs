using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Operations;

/// <summary>How a check ended.</summary>
public enum CheckResult
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, or may work; a person should look at it.</summary>
    Warning,

    /// <summary>It cannot work.</summary>
    Failure,
}

/// <summary>One thing the doctor looked at. Holds no secret.</summary>
/// <param name="Area">What it belongs to: settings, storage, Bitrix24, contact fields, deal fields, otmechalka.</param>
/// <param name="Name">What was looked at.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Advice">What to do; <see langword="null"/> when nothing is.</param>
public sealed record Check(string Area, string Name, CheckResult Result, string Detail, string? Advice = null)
{
    /// <summary>Whether it failed so that nothing more can be asked of the system.</summary>
    internal bool EndsArea { get; init; }

    /// <summary>Whether it failed because a system could not be reached, so that nothing is known of the settings.</summary>
    public bool IsUnreachable { get; init; }

    internal static Check Ok(string area, string name, string detail) => new(area, name, CheckResult.Ok, detail);

    internal static Check Warn(string area, string name, string detail, string advice) =>
        new(area, name, CheckResult.Warning, detail, advice);

    internal static Check Fail(string area, string name, string detail, string advice) =>
        new(area, name, CheckResult.Failure, detail, advice);

    internal static Check Unreachable(string area, string name, string detail, string advice) =>
        Fail(area, name, detail, advice) with
        {
            IsUnreachable = true,
        };
}

/// <summary>All that the doctor found.</summary>
/// <param name="Checks">The checks, in the order they were made.</param>
/// <param name="Mapping">The mapping with the portal's labels; empty when they could not be read.</param>
public sealed record DoctorReport(IReadOnlyList<Check> Checks, IReadOnlyList<MappedValue> Mapping);
