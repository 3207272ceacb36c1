using System.Globalization;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether the storage can be reached and written, and a lock holds; leaves nothing behind.</summary>
internal sealed class StorageExamination(JobStores stores, StorageProbe probe)
{
    private const string Area = "storage";
    private const string WhenRefused = "check AzureWebJobsStorage; an identity needs the role Storage Table Data Contributor";

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
            var checks = new List<Check> { Check.Ok(Area, "reachable", "answers") };
            foreach (var job in Enum.GetValues<SyncJob>())
            {
                var snapshot = await stores.Of(job).InspectAsync(cancellationToken);
                checks.Add(
                    snapshot.LockedSince is { } since
                        ? Check.Warn(
                            Area,
                            "lock of " + job.Name(),
                            string.Create(CultureInfo.InvariantCulture, $"held since {since:yyyy-MM-dd HH:mm:ss zzz}"),
                            "a run is under way, or was killed within the last minute: nothing to do"
                        )
                        : Check.Ok(Area, "lock of " + job.Name(), "free")
                );
            }

            return checks;
        }
        catch (UnavailableException error)
        {
            return [error.ToCheck(Area, "reachable", WhenRefused)];
        }
    }

    private async Task<Check> WriteAsync(CancellationToken cancellationToken)
    {
        const string name = "writable, lock works";
        try
        {
            return await probe.RunAsync(cancellationToken) is { } problem
                ? Check.Fail(Area, name, problem, WhenRefused)
                : Check.Ok(Area, name, "a lock was taken, refused to a second, and given back in a table of its own");
        }
        catch (UnavailableException error)
        {
            return error.ToCheck(Area, name, WhenRefused);
        }
    }
}
