using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>A run holds the job's lease, so that its ledger cannot be changed now.</summary>
public sealed class JobLockedException(SyncJob job) : Exception(OperationsStrings.Of("LockHeldByRun", job.Name()));
