using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>Reads and checks all settings before the first call to either CRM; all problems at once, by the setting's name.</summary>
public static class SettingsReader
{
    /// <summary>The setting with the storage account.</summary>
    public const string StorageSetting = "AzureWebJobsStorage";

    private const string Placeholder = "https://unset.invalid/";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationException">Something is wrong with them.</exception>
    public static Settings Read(IConfiguration configuration) => Examine(new GatheredSettings { Configuration = configuration }).OrThrow();

    /// <summary>Reads the settings; what is wrong and what is odd with them is part of the result.</summary>
    internal static ExaminedSettings Examine(GatheredSettings gathered)
    {
        var (source, mapping) = (new SettingSource(gathered.Configuration), new SettingSource(gathered.Configuration));
        var settings = new Settings
        {
            Sync = ReadSync(source),
            Bitrix24 = ReadBitrix24(source),
            Otmechalka = ReadOtmechalka(source),
            Storage = ReadStorage(source),
            Contact = MappingReader.ReadContact(mapping),
            Deal = MappingReader.ReadDeal(mapping),
            Warnings = [.. gathered.Warnings, .. SettingNames.Check(gathered.Configuration), .. OfStorage(source)],
        };
        CheckSchedule(source, "CONTACT_SYNC_SCHEDULE");
        CheckSchedule(source, "DEAL_SYNC_SCHEDULE");
        List<ConfigurationProblem> problems = [.. gathered.Problems, .. source.Problems, .. OfMapping(gathered, mapping.Problems)];
        return new ExaminedSettings(problems.Count == 0 ? settings : null, problems, settings.Warnings)
        {
            Known = WithPlaceholders(settings),
        };
    }

    // Clients need an address to be built with. Those of a system that is not known yet are never asked (RFC 2606 keeps the name free).
    private static Settings WithPlaceholders(Settings settings) =>
        settings with
        {
            Bitrix24 = settings.Bitrix24.WebhookUrl.Length > 0 ? settings.Bitrix24 : settings.Bitrix24 with { WebhookUrl = Placeholder },
            Otmechalka = settings.Otmechalka.BaseUrl.Length > 0 ? settings.Otmechalka : settings.Otmechalka with { BaseUrl = Placeholder },
            Storage =
                settings.Storage.TableServiceUri is not null
                || StorageConnection.IsConnectionString(settings.Storage.ConnectionString ?? "")
                    ? settings.Storage
                    : new StorageOptions { TableServiceUri = new Uri(Placeholder) },
        };

    private static IEnumerable<ConfigurationProblem> OfMapping(GatheredSettings gathered, IReadOnlyList<ConfigurationProblem> problems) =>
        gathered switch
        {
            { IsMappingBroken: true } => [],
            { MissingMapping: { } missing } when !gathered.Configuration.GetSection("Mapping").GetChildren().Any() =>
            [
                missing,
                .. problems,
            ],
            _ => problems,
        };

    /// <summary>Reads otmechalka's settings alone, for what needs nothing else.</summary>
    internal static ExaminedOtmechalka ExamineOtmechalka(GatheredSettings gathered)
    {
        var source = new SettingSource(gathered.Configuration);
        var options = ReadOtmechalka(source);
        return new ExaminedOtmechalka(source.Problems.Count == 0 ? options : null, source.Problems, MappedIds.Read(gathered.Configuration));
    }

    private static SyncOptions ReadSync(SettingSource source)
    {
        var defaults = new SyncOptions();
        var table = source.Text("Sync__TableName") ?? defaults.TableName;
        if (table.Length is < 3 or > 63 || !char.IsAsciiLetter(table[0]) || !table.All(char.IsAsciiLetterOrDigit))
        {
            source.Wrong("Sync__TableName", ConfigurationStrings.Of("ExpectedTableName"));
        }

        return new SyncOptions
        {
            StartDate = source.Timestamp("SYNC_START_DATE", isRequired: true) ?? default,
            ContactsStart = source.Timestamp("SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", isRequired: false),
            DealsStart = source.Timestamp("SYNC_DEAL_LAST_MODIFY_TIMESTAMP", isRequired: false),
            TimeBudget = source.Duration("Sync__TimeBudget", defaults.TimeBudget, SyncOptions.TimeBudgetRange),
            LookBack = source.Duration("Sync__LookBack", defaults.LookBack, SyncOptions.LookBackRange),
            FullResyncInterval = source.Duration(
                NameOfResyncInterval(source),
                defaults.FullResyncInterval,
                SyncOptions.FullResyncIntervalRange
            ),
            TableName = table,
        };
    }

    private static string NameOfResyncInterval(SettingSource source)
    {
        const string name = "Sync__FullResyncInterval";
        return source.Text(name) is null && source.Text(SettingNames.FormerResyncInterval) is not null
            ? SettingNames.FormerResyncInterval
            : name;
    }

    private static Bitrix24Options ReadBitrix24(SettingSource source)
    {
        var defaults = new Bitrix24Options();
        return new Bitrix24Options
        {
            WebhookUrl = WebhookUrl(source),
            Timeout = source.Duration("Bitrix24__Timeout", defaults.Timeout, Bitrix24Options.TimeoutRange),
            RequestsPerSecond = source.Number(
                "Bitrix24__RequestsPerSecond",
                defaults.RequestsPerSecond,
                Bitrix24Options.RequestsPerSecondRange
            ),
            Burst = (int)source.Number("Bitrix24__Burst", defaults.Burst, Bitrix24Options.BurstRange),
        };
    }

    private static string WebhookUrl(SettingSource source)
    {
        const string name = "Bitrix24__WebhookUrl";
        if (source.Address(name) is not { } address)
        {
            return "";
        }

        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || parts[0] != "rest" || !parts[1].All(char.IsAsciiDigit) || address.Query.Length > 0)
        {
            source.Wrong(name, ConfigurationStrings.Of("ExpectedWebhook"));
        }

        return address.AbsoluteUri;
    }

    private static OtmechalkaOptions ReadOtmechalka(SettingSource source)
    {
        var defaults = new OtmechalkaOptions();
        var key = source.Code("Otmechalka__ApiKey") ?? "";
        if (key.Any(c => c is < ' ' or > '~'))
        {
            source.Wrong("Otmechalka__ApiKey", ConfigurationStrings.Of("HeaderCharacter"));
        }

        var header = source.Text("Otmechalka__AuthHeader") ?? defaults.AuthHeader;
        if (!header.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || !IsRequestHeader(header))
        {
            source.Wrong("Otmechalka__AuthHeader", ConfigurationStrings.Of("ExpectedHeader"));
        }

        // Set to nothing, it is nothing; the default holds only where it is not set.
        var scheme =
            source.Raw("Otmechalka__AuthScheme") is { } set ? VisibleText.Trim(set) ?? ""
            : source.Text("Otmechalka__AuthHeader") is null ? defaults.AuthScheme
            : DefaultSchemeOf(header);
        if (scheme.Any(c => c is < ' ' or > '~'))
        {
            source.Wrong("Otmechalka__AuthScheme", ConfigurationStrings.Of("HeaderCharacter"));
        }

        return new OtmechalkaOptions
        {
            BaseUrl = source.Address("Otmechalka__BaseUrl")?.AbsoluteUri ?? "",
            ApiKey = key,
            AuthHeader = header,
            AuthScheme = scheme,
            Timeout = source.Duration("Otmechalka__Timeout", defaults.Timeout, OtmechalkaOptions.TimeoutRange),
            Concurrency = source.WholeNumber("Otmechalka__Concurrency", defaults.Concurrency, OtmechalkaOptions.ConcurrencyRange),
        };
    }

    // A header of the content, such as Content-Type, would be left out without a word, and the key with it.
    private static bool IsRequestHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return request.Headers.TryAddWithoutValidation(name, "");
    }

    private static string DefaultSchemeOf(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? new OtmechalkaOptions().AuthScheme : "";

    private static StorageOptions ReadStorage(SettingSource source)
    {
        if (source.Text(StorageSetting) is { } connectionString)
        {
            if (source.IsWhole(StorageSetting, connectionString) && !StorageConnection.IsConnectionString(connectionString))
            {
                source.Wrong(StorageSetting, ConfigurationStrings.Of("ExpectedConnectionString"));
            }

            return new StorageOptions { ConnectionString = connectionString };
        }

        var uri = source.Text(StorageSetting + "__tableServiceUri") is null ? null : source.Address(StorageSetting + "__tableServiceUri");
        var account = source.Text(StorageSetting + "__accountName");
        if (account is not null && (account.Length > 24 || !account.All(char.IsAsciiLetterOrDigit)))
        {
            source.Wrong(StorageSetting + "__accountName", ConfigurationStrings.Of("ExpectedAccountName"));
        }
        else if (uri is null && account is null && source.Text(StorageSetting + "__tableServiceUri") is null)
        {
            source.Wrong(StorageSetting, ConfigurationStrings.Of("StorageRequired"));
        }
        else if (account is not null)
        {
            uri ??= new Uri($"https://{account}.table.core.windows.net/");
        }

        return new StorageOptions
        {
            TableServiceUri = uri,
            ClientId = source.Text(StorageSetting + "__clientId"),
            UsesManagedIdentity = source.Text(StorageSetting + "__credential") == "managedidentity",
        };
    }

    // The connection string wins, and somebody who has set the other looks for his data in vain.
    private static IEnumerable<SettingWarning> OfStorage(SettingSource source) =>
        source.Text(StorageSetting) is null
            ? []
            : new[] { StorageSetting + "__accountName", StorageSetting + "__tableServiceUri" }
                .Where(name => source.Text(name) is not null)
                .Select(name => new SettingWarning(name, ConfigurationStrings.Of("SecondStorage", StorageSetting)));

    private static void CheckSchedule(SettingSource source, string name)
    {
        if (
            source.Text(name) is { } schedule
            && !TimeSpan.TryParse(schedule, CultureInfo.InvariantCulture, out _)
            && (
                schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: 5 or 6 } parts
                || parts.Any(VisibleText.IsWithin)
            )
        )
        {
            source.Wrong(name, ConfigurationStrings.Of("ExpectedSchedule"));
        }
    }
}
