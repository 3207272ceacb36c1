using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Configuration;

/// <summary>Everything that is configured (docs/spec.md, section 3), checked.</summary>
public sealed record Settings
{
    /// <summary>The start date and how the runs behave.</summary>
    public required SyncOptions Sync { get; init; }

    /// <summary>How the portal is reached.</summary>
    public required Bitrix24Options Bitrix24 { get; init; }

    /// <summary>How otmechalka is reached.</summary>
    public required OtmechalkaOptions Otmechalka { get; init; }

    /// <summary>Where checkpoint and ledger are stored.</summary>
    public required StorageOptions Storage { get; init; }

    /// <summary>The contact's mapping.</summary>
    public required ContactMapping Contact { get; init; }

    /// <summary>The deal's mapping.</summary>
    public required DealMapping Deal { get; init; }

    /// <summary>Settings that are probably not what their author meant, such as mistyped names.</summary>
    public IReadOnlyList<SettingWarning> Warnings { get; init; } = [];
}

/// <summary>The storage account of checkpoint and ledger: a connection string, or an endpoint for an identity.</summary>
public sealed record StorageOptions
{
    /// <summary>Setting <c>AzureWebJobsStorage</c>. Secret.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Setting <c>AzureWebJobsStorage__tableServiceUri</c>, or made of <c>__accountName</c>.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>Setting <c>AzureWebJobsStorage__clientId</c>: the user-assigned identity.</summary>
    public string? ClientId { get; init; }

    /// <summary>Whether <c>AzureWebJobsStorage__credential</c> asks for a managed identity.</summary>
    public bool UsesManagedIdentity { get; init; }
}
