using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Operations;

/// <summary>What to do about one setting that is missing or wrong, with the labels that a person knows it by.</summary>
public static class SettingAdvice
{
    /// <summary>The advice; <see langword="null"/> for a setting that has none of its own.</summary>
    /// <param name="setting">The setting's name.</param>
    /// <param name="known">The settings, as far as they are known: they tell which product and branch a place of the mapping is.</param>
    public static string? Of(string setting, Settings? known) =>
        setting switch
        {
            "SYNC_START_DATE" => OperationsStrings.Of("SetStartDate"),
            "Bitrix24__WebhookUrl" => OperationsStrings.Of("SetWebhook"),
            "Otmechalka__BaseUrl" => OperationsStrings.Of("SetAddress"),
            "Otmechalka__ApiKey" => OperationsStrings.Of("SetKey"),
            SettingsReader.StorageSetting => OperationsStrings.Of("SetStorage"),
            "Mapping__Contact__StatusField" => OperationsStrings.Of("SetContactStatus"),
            "Mapping__Deal__StatusField" => OperationsStrings.Of("SetDealStatus"),
            _ => OtmechalkaIdLabels.Of(setting, known) is { } label
                ? OperationsStrings.Of(label.IsCourse ? "SetCourse" : "SetOffice", label.Text)
                : null,
        };
}
