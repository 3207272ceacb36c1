using B24Otmechalka.Core.Bitrix24;

namespace B24Otmechalka.Core.Mapping;

/// <summary>A list value of Bitrix24 and what it becomes in otmechalka.</summary>
/// <param name="Record"><c>contact</c> or <c>deal</c>.</param>
/// <param name="Values">The list values, with the labels a person sees in Bitrix24.</param>
/// <param name="Targets">The IDs they go to, by the API's names; for a payment method its word.</param>
public sealed record MappedValue(string Record, IReadOnlyList<LabelledValue> Values, IReadOnlyList<KeyValuePair<string, string>> Targets);

/// <summary>A list value.</summary>
/// <param name="Field">What the field means: product, branch, payment method.</param>
/// <param name="Id">Its ID; <c>*</c> for any.</param>
/// <param name="Label">What a person sees; <see langword="null"/> where the portal does not know it.</param>
public sealed record LabelledValue(string Field, string Id, string? Label)
{
    internal static LabelledValue Of(string means, string field, string id, IReadOnlyDictionary<string, FieldDescription>? labels) =>
        new(means, id, labels?.GetValueOrDefault(field)?.Items.GetValueOrDefault(id));
}
