namespace B24Otmechalka.Core.Mapping;

/// <summary>What a configured field must be in Bitrix24.</summary>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Code">Its code.</param>
/// <param name="Types">The types that can be read.</param>
/// <param name="Multiple">Whether it is to hold several values.</param>
/// <param name="Values">The list values the mapping names.</param>
internal sealed record FieldRule(string Setting, string Code, IReadOnlyList<string> Types, bool Multiple, IReadOnlyList<string> Values)
{
    private static readonly string[] TextTypes = ["string"];
    private static readonly string[] DateTypes = ["date", "datetime"];
    private static readonly string[] ListTypes = ["enumeration"];

    /// <summary>Whether it is the status field, which the service writes.</summary>
    public bool IsStatus { get; private init; }

    /// <summary>The status field.</summary>
    public static FieldRule Status(string setting, string code) => Text(setting, code) with { IsStatus = true };

    /// <summary>A field that holds one text.</summary>
    public static FieldRule Text(string setting, string code) => new(setting, code, TextTypes, false, []);

    /// <summary>A field that holds one date.</summary>
    public static FieldRule Date(string setting, string code) => new(setting, code, DateTypes, false, []);

    /// <summary>A list, some of whose values the mapping names.</summary>
    public static FieldRule List(string setting, string code, bool multiple, IEnumerable<string> values) =>
        new(setting, code, ListTypes, multiple, [.. values.Distinct()]);
}
