namespace B24Otmechalka.Core.Checkpoints;

/// <summary>What is to be stored of one record.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Forgets">Whether the ledger is to forget it instead.</param>
internal readonly record struct LedgerChange(LedgerEntry Entry, bool Forgets = false);
