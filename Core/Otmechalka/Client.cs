using System.Text.Json.Serialization;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// otmechalka's client («посетитель»), as its API takes it (docs/spec.md, section 4.2). Absent optional values are left out.
/// </summary>
internal sealed record Client
{
    [JsonPropertyName("origin_id")]
    public required string OriginId { get; init; }

    [JsonPropertyName("last_name")]
    public required string LastName { get; init; }

    [JsonPropertyName("first_name")]
    public required string FirstName { get; init; }

    /// <summary>Digits of the international number: <c>79261234567</c>.</summary>
    [JsonPropertyName("phone")]
    public required string Phone { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    [JsonPropertyName("courses")]
    public required IReadOnlyList<string> Courses { get; init; }

    [JsonPropertyName("branchoffices")]
    public required IReadOnlyList<string> BranchOffices { get; init; }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    [JsonPropertyName("birthdate")]
    public string? Birthdate { get; init; }

    /// <summary><c>M</c> or <c>F</c>.</summary>
    [JsonPropertyName("gender")]
    public required string Gender { get; init; }

    [JsonPropertyName("additional_data")]
    public string? AdditionalData { get; init; }
}
