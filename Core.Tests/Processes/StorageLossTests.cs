using B24Otmechalka.Sandbox.Azurite;
using Xunit;
using Xunit.Abstractions;

namespace B24Otmechalka.Core.Tests.Processes;

/// <summary>
/// The storage dies under a running sync and comes back. Azurite loses up to five seconds of what it had confirmed, which
/// the real storage never does: the ledger is older than what was sent, and still nothing may be sent twice.
/// </summary>
public sealed class StorageLossTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("azurite-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sync_StorageIsKilledUnderIt_ALaterRunFinishes(bool isBackAtOnce)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(DataFolder: folder));
        try
        {
            await using var school = await School.OpenAsync(azurite.ConnectionString, "School");
            using var process = school.Start();
            var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            school.Arrived = number => _ = number >= 200 && half.TrySetResult();
            var end = process.EndAsync();
            Assert.Same(half.Task, await Task.WhenAny(half.Task, end));

            await azurite.KillAsync();
            if (isBackAtOnce)
            {
                azurite = await RestartAsync(azurite);
            }

            var (code, _, error) = await end;
            output.WriteLine($"code {code} {error}");
            Assert.True(isBackAtOnce ? code is 0 or 3 or 4 : code == 3, $"code {code}: {error}");

            if (!isBackAtOnce)
            {
                azurite = await RestartAsync(azurite);
            }

            await school.LetLocksExpireAsync();
            await school.SettleAsync();
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    private async Task<AzuriteProcess> RestartAsync(AzuriteProcess dead)
    {
        await dead.DisposeAsync();
        return await AzuriteProcess.StartAsync(new AzuriteOptions(dead.Port, folder));
    }
}
