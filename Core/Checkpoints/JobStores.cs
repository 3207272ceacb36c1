using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>The partitions of the jobs in the one table.</summary>
internal sealed class JobStores(TableClient table, Fingerprints fingerprints, OwnerNames owners, TimeProvider time)
{
    /// <summary>The partition of a job.</summary>
    public JobStore Of(SyncJob job) => new(table, job.Name(), fingerprints, owners, time);
}

/// <summary>Connects to the storage account.</summary>
internal static class StorageConnection
{
    /// <summary>Whether the text is a connection string.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            _ = new TableServiceClient(text);
            return true;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The account and where it is, without anything secret.</summary>
    public static string Describe(StorageOptions storage)
    {
        var service = storage.ConnectionString is { } text ? new TableServiceClient(text).Uri : storage.TableServiceUri!;
        return service.GetComponents(UriComponents.HostAndPort | UriComponents.Path, UriFormat.Unescaped).TrimEnd('/');
    }

    /// <summary>The table's client; no request is sent.</summary>
    public static TableClient Connect(StorageOptions storage, string table)
    {
        var options = new TableClientOptions
        {
            Retry =
            {
                MaxRetries = 3,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = TimeSpan.FromSeconds(4),
                NetworkTimeout = TimeSpan.FromSeconds(15),
                Mode = RetryMode.Exponential,
            },
        };
        if (storage.ConnectionString is { } connectionString)
        {
            return new TableClient(connectionString, table, options);
        }

        TokenCredential credential = storage switch
        {
            { UsesManagedIdentity: true, ClientId: { } id } => new ManagedIdentityCredential(
                ManagedIdentityId.FromUserAssignedClientId(id)
            ),
            { UsesManagedIdentity: true } => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
            _ => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = storage.ClientId }),
        };
        return new TableClient(storage.TableServiceUri!, table, credential, options);
    }
}
