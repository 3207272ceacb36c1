using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Sandbox.Azurite;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Azurite;

public sealed class AzuriteProcessTests
{
    [Fact]
    public async Task StartAsync_Always_ServesTablesUntilItIsDisposed()
    {
        var azurite = await AzuriteProcess.StartAsync();
        var table = await CreateTableAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = "Успешно" });

        var found = await table.GetEntityAsync<TableEntity>("p", "r");
        var id = azurite.ProcessId;
        await azurite.DisposeAsync();

        Assert.Equal("Успешно", found.Value.GetString("Value"));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public async Task StartAsync_Indexed_FindsWhatIsThereAndNothingElse()
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(IsIndexed: true));
        var table = await CreateTableAsync(azurite);
        await table.AddEntityAsync(new TableEntity("p", "gone"));
        await table.AddEntityAsync(new TableEntity("p", "there") { ["Value"] = 1 });

        await table.SubmitTransactionAsync([
            new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity("p", "gone")),
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "new")),
            new TableTransactionAction(TableTransactionActionType.UpdateReplace, new TableEntity("p", "there") { ["Value"] = 2 }, ETag.All),
        ]);

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "gone")).HasValue);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "new")).HasValue);
        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "there")).Value.GetInt32("Value"));
        await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "new")));
    }

    [Fact]
    public async Task StartAsync_TwoAtOnce_HavePortsAndDataOfTheirOwn()
    {
        await using var one = await AzuriteProcess.StartAsync();
        await using var other = await AzuriteProcess.StartAsync();
        await CreateTableAsync(one);

        await Assert.ThrowsAsync<RequestFailedException>(() => Table(other).AddEntityAsync(new TableEntity("p", "r")));

        Assert.NotEqual(one.Port, other.Port);
    }

    [Fact]
    public async Task StartAsync_SamePortAndFolderAfterAStop_HasTheData()
    {
        var folder = Directory.CreateTempSubdirectory("azurite-");
        try
        {
            var first = await AzuriteProcess.StartAsync(new AzuriteOptions(DataFolder: folder.FullName));
            var table = await CreateTableAsync(first);
            await table.AddEntityAsync(new TableEntity("p", "r"));
            await first.DisposeAsync();

            await using var second = await AzuriteProcess.StartAsync(new AzuriteOptions(first.Port, folder.FullName));

            Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
            await second.KillAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => table.GetEntityIfExistsAsync<TableEntity>("p", "r"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task StartAsync_PortInUse_SaysSo()
    {
        await using var first = await AzuriteProcess.StartAsync();

        var error = await Assert.ThrowsAsync<B24Otmechalka.Sandbox.SandboxException>(() =>
            AzuriteProcess.StartAsync(new AzuriteOptions(first.Port))
        );

        Assert.Contains("EADDRINUSE", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static async Task<TableClient> CreateTableAsync(AzuriteProcess azurite)
    {
        var table = Table(azurite);
        await table.CreateAsync();
        return table;
    }

    private static TableClient Table(AzuriteProcess azurite) =>
        new(
            azurite.ConnectionString,
            "Some",
            new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(10) } }
        );
}
