namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>One phone or mail address of a contact (docs/bitrix24.md, section 6).</summary>
internal sealed record Multifield(string Id, string ValueType, string Value);
