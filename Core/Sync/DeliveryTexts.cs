namespace B24Otmechalka.Core.Sync;

/// <summary>The status texts that say what otmechalka did with a record, the same for all jobs.</summary>
internal static class DeliveryTexts
{
    /// <summary>otmechalka's own words follow.</summary>
    public const string Refused = "Отмечалка не приняла: ";

    public const string Unclear = "Отмечалка не ответила, повторим сами";
}
