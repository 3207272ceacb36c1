using System.Globalization;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether the storage can be reached and written, and a lease holds; leaves nothing behind.</summary>
internal sealed class StorageExamination(JobStores stores, StorageProbe probe, Settings settings)
{
    private static string Area => OperationsStrings.Of("AreaStorage");

    private static string WhenRefused => OperationsStrings.Of("StorageRefused");

    public async IAsyncEnumerable<Check> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var reading = await ReadAsync(cancellationToken);
        foreach (var check in reading)
        {
            yield return check;
        }

        if (reading[0].Result != CheckResult.Failure)
        {
            yield return await WriteAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Check>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var checks = new List<Check>
            {
                Check.Ok(
                    Area,
                    OperationsStrings.Of("Reachable"),
                    OperationsStrings.Of("StorageAnswers", StorageConnection.Describe(settings.Storage), settings.Sync.TableName)
                ),
            };
            foreach (var job in Enum.GetValues<SyncJob>())
            {
                var snapshot = await stores.Of(job).InspectAsync(cancellationToken);
                checks.Add(
                    snapshot.LockedSince is { } since
                        ? Check.Warn(
                            Area,
                            OperationsStrings.Of("LockOf", job.Name()),
                            OperationsStrings.Of(
                                "LockHeld",
                                since
                                    .ToOffset(settings.Sync.StartDate.Offset)
                                    .ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
                            ),
                            OperationsStrings.Of("LockHeldAdvice")
                        )
                        : Check.Ok(Area, OperationsStrings.Of("LockOf", job.Name()), OperationsStrings.Of("LockFree"))
                );
            }

            return checks;
        }
        catch (UnavailableException error)
        {
            return [error.ToCheck(Area, OperationsStrings.Of("Reachable"), WhenRefused)];
        }
    }

    private async Task<Check> WriteAsync(CancellationToken cancellationToken)
    {
        var name = OperationsStrings.Of("Writable");
        try
        {
            return await probe.RunAsync(cancellationToken) is { } fault
                ? Check.Fail(Area, name, OperationsStrings.Of($"Probe{fault}"), WhenRefused)
                : Check.Ok(Area, name, OperationsStrings.Of("WritableDetail"));
        }
        catch (UnavailableException error)
        {
            return error.ToCheck(Area, name, WhenRefused);
        }
    }
}
