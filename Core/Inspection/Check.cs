namespace B24Otmechalka.Core.Inspection;

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
    /// <summary>Whether it failed because a system could not be reached, so that nothing is known of the settings.</summary>
    public bool IsUnreachable { get; init; }

    internal static Check Ok(string area, string name, string detail) => new(area, name, CheckResult.Ok, detail);

    internal static Check Warn(string area, string name, string detail, string advice) => new(area, name, CheckResult.Warning, detail, advice);

    internal static Check Fail(string area, string name, string detail, string advice) => new(area, name, CheckResult.Failure, detail, advice);

    internal static Check Unreachable(string area, string name, string detail, string advice) =>
        Fail(area, name, detail, advice) with { IsUnreachable = true };
}

/// <summary>A list value of Bitrix24 and what it becomes in otmechalka.</summary>
/// <param name="Record"><c>contact</c> or <c>deal</c>.</param>
/// <param name="Values">The list values, with the labels a person sees in Bitrix24.</param>
/// <param name="Targets">The IDs they go to, by the API's names; for a payment method its word.</param>
public sealed record MappedValue(string Record, IReadOnlyList<LabelledValue> Values, IReadOnlyList<KeyValuePair<string, string>> Targets);

/// <summary>A list value.</summary>
/// <param name="Field">What the field means: product, branch, payment method.</param>
/// <param name="Id">Its ID; <c>*</c> for any.</param>
/// <param name="Label">What a person sees; <see langword="null"/> where the portal does not know it.</param>
public sealed record LabelledValue(string Field, string Id, string? Label);

/// <summary>All that the doctor found.</summary>
/// <param name="Checks">The checks, in the order they were made.</param>
/// <param name="Mapping">The mapping with the portal's labels; empty when they could not be read.</param>
public sealed record DoctorReport(IReadOnlyList<Check> Checks, IReadOnlyList<MappedValue> Mapping);
