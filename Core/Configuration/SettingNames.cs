using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// The names of all settings, and the nearest of them for a name that is none: a mistyped name would be left alone without
/// a word, and its default would hold.
/// </summary>
public static class SettingNames
{
    /// <summary>What <c>Sync__FullResyncInterval</c> was called in version 1.0.0; it is still read.</summary>
    internal const string FormerResyncInterval = "Sync__SweepInterval";

    private const string Storage = SettingsReader.StorageSetting;

    /// <summary>All names; <c>#</c> is a place in a list, <c>*</c> any key.</summary>
    internal static readonly IReadOnlyList<string> All =
    [
        "SYNC_START_DATE",
        "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP",
        "SYNC_DEAL_LAST_MODIFY_TIMESTAMP",
        "CONTACT_SYNC_SCHEDULE",
        "DEAL_SYNC_SCHEDULE",
        ConfigurationSources.MappingFile,
        ConfigurationSources.MappingJson,
        "Bitrix24__WebhookUrl",
        "Bitrix24__Timeout",
        "Bitrix24__RequestsPerSecond",
        "Bitrix24__Burst",
        "Otmechalka__BaseUrl",
        "Otmechalka__ApiKey",
        "Otmechalka__AuthHeader",
        "Otmechalka__AuthScheme",
        "Otmechalka__Timeout",
        "Otmechalka__Concurrency",
        "Sync__TimeBudget",
        "Sync__LookBack",
        "Sync__FullResyncInterval",
        "Sync__TableName",
        // The host and its SDK read the others of these.
        Storage,
        $"{Storage}__accountName",
        $"{Storage}__tableServiceUri",
        $"{Storage}__blobServiceUri",
        $"{Storage}__queueServiceUri",
        $"{Storage}__fileServiceUri",
        $"{Storage}__serviceUri",
        $"{Storage}__credential",
        $"{Storage}__clientId",
        $"{Storage}__tenantId",
        $"{Storage}__clientSecret",
        $"{Storage}__connectionString",
        $"{Storage}__managedIdentityClientId",
        $"{Storage}__managedIdentityObjectId",
        $"{Storage}__managedIdentityResourceId",
        "Mapping__Contact__StatusField",
        "Mapping__Contact__StudentLastNameField",
        "Mapping__Contact__StudentFirstNameField",
        "Mapping__Contact__BirthdateField",
        "Mapping__Contact__ProductField",
        "Mapping__Contact__BranchField",
        "Mapping__Contact__Routes__#__Product",
        "Mapping__Contact__Routes__#__Branch",
        "Mapping__Contact__Routes__#__BranchOffice",
        "Mapping__Contact__Routes__#__Courses__#",
        "Mapping__Deal__StatusField",
        "Mapping__Deal__SellingDateField",
        "Mapping__Deal__BranchField",
        "Mapping__Deal__PaymentMethodField",
        "Mapping__Deal__Stages__#",
        "Mapping__Deal__CashPaymentMethods__#",
        "Mapping__Deal__BranchOffices__*",
    ];

    private static readonly string[][] Known = [.. All.Append(FormerResyncInterval).Select(name => name.Split("__"))];

    /// <summary>Whether the setting's value opens something to whoever reads it.</summary>
    public static bool IsSecret(string name, string? value) =>
        !string.IsNullOrWhiteSpace(value)
        && SettingsLayer.Name(SettingsLayer.Path(name)).ToUpperInvariant() switch
        {
            "BITRIX24__WEBHOOKURL" or "OTMECHALKA__APIKEY" => true,
            "AZUREWEBJOBSSTORAGE__CLIENTSECRET" or "AZUREWEBJOBSSTORAGE__CONNECTIONSTRING" => true,
            "AZUREWEBJOBSSTORAGE" => !value.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    /// <summary>Tells of the names that are none; those of other programs in the same environment are left alone.</summary>
    internal static IEnumerable<SettingWarning> Check(IConfiguration configuration) =>
        configuration
            .AsEnumerable()
            .Where(pair => pair.Value is not null)
            .Select(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Warning(name, name.Split("__")))
            .OfType<SettingWarning>();

    private static SettingWarning? Warning(string name, string[] parts)
    {
        if (IsList(parts))
        {
            return new SettingWarning(name, ConfigurationStrings.Of("ListUnused", name));
        }

        if (IsKnown(parts))
        {
            return null;
        }

        var nearest = Nearest(parts);
        return nearest is null && !IsOfOurs(parts)
            ? null
            : new SettingWarning(
                name,
                nearest is null ? ConfigurationStrings.Of("Unknown") : ConfigurationStrings.Of("UnknownNearest", nearest)
            );
    }

    // A section by itself is no setting, and what has no name in it belongs to the reader of the mapping.
    private static bool IsKnown(string[] parts) => Known.Any(known => known.Length >= parts.Length && Fits(known, parts));

    private static bool IsList(string[] parts) =>
        Known.Any(known => known.Length == parts.Length + 1 && known[^1] == "#" && Fits(known, parts));

    private static bool Fits(string[] known, string[] parts) =>
        parts
            .Index()
            .All(part =>
                known[part.Index] switch
                {
                    "*" or "#" => true, // another thing than a place is told by the reader of the mapping, as an error
                    var name => name.Equals(part.Item, StringComparison.OrdinalIgnoreCase),
                }
            );

    private static bool IsOfOurs(string[] parts) =>
        parts.Length == 1
            ? parts[0].StartsWith("SYNC_", StringComparison.OrdinalIgnoreCase)
                || parts[0].StartsWith("MAPPING_", StringComparison.OrdinalIgnoreCase)
                || parts[0].EndsWith("_SYNC_SCHEDULE", StringComparison.OrdinalIgnoreCase)
            : parts[0].ToUpperInvariant() is "BITRIX24" or "OTMECHALKA" or "SYNC" or "MAPPING";

    /// <summary>The nearest name; <see langword="null"/> when none is near.</summary>
    private static string? Nearest(string[] parts)
    {
        var best = Known
            .Select(known => Filled(known, parts))
            .Select(known => (Name: string.Join("__", known), Distance: Distance(known, parts)))
            .MinBy(one => one.Distance);
        return best.Distance < int.MaxValue ? best.Name : null;
    }

    // Places and keys are taken from the name that was typed.
    private static string[] Filled(string[] known, string[] parts) =>
        [.. known.Select((name, place) => name is "#" or "*" ? (place < parts.Length ? parts[place] : "0") : name)];

    // Within a section only the rest of the name counts; a name of no section must be almost the same.
    private static int Distance(string[] known, string[] parts)
    {
        var (name, typed) = (string.Join("__", known), string.Join("__", parts));
        var isSection = known[0].Equals(parts[0], StringComparison.OrdinalIgnoreCase) && parts.Length > 1;
        var most = isSection ? Math.Max(2, (typed.Length - parts[0].Length) / 3) : Math.Min(2, typed.Length / 4);
        if (isSection && IsPartOf(known, parts))
        {
            return Math.Abs(name.Length - typed.Length);
        }

        if (Math.Abs(name.Length - typed.Length) > most)
        {
            return int.MaxValue;
        }

        var distance = EditDistance.Between(name.ToUpperInvariant(), typed.ToUpperInvariant());
        return distance <= most ? distance : int.MaxValue;
    }

    // «Webhook» for «WebhookUrl», «Key» for «ApiKey».
    private static bool IsPartOf(string[] known, string[] parts) =>
        known.Length == parts.Length
        && known.SkipLast(1).SequenceEqual(parts.SkipLast(1), StringComparer.OrdinalIgnoreCase)
        && parts[^1].Length >= 3
        && known[^1].Length >= 3
        && (
            known[^1].Contains(parts[^1], StringComparison.OrdinalIgnoreCase)
            || parts[^1].Contains(known[^1], StringComparison.OrdinalIgnoreCase)
        );
}
