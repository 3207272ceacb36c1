namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>One phone or mail address of a contact (facts 6).</summary>
internal sealed record Multifield(string Id, string ValueType, string Value);
