namespace B24Otmechalka.Core.Sync;

/// <summary>
/// How the runs behave. Configuration section <c>Sync</c>, and the settings of docs/spec.md, section 3 that stand at the root.
/// </summary>
public sealed class SyncOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sync";

    /// <summary>Records created earlier are ignored. Setting <c>SYNC_START_DATE</c>. Required.</summary>
    public DateTimeOffset StartDate { get; set; }

    /// <summary>
    /// Where the contact checkpoint starts. Setting <c>SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP</c>; default <see cref="StartDate"/>.
    /// </summary>
    public DateTimeOffset? ContactsStart { get; set; }

    /// <summary>
    /// Where the deal checkpoint starts. Setting <c>SYNC_DEAL_LAST_MODIFY_TIMESTAMP</c>; default <see cref="StartDate"/>.
    /// </summary>
    public DateTimeOffset? DealsStart { get; set; }

    /// <summary>The range of <see cref="TimeBudget"/>.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) TimeBudgetRange = (TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    /// <summary>The range of <see cref="LookBack"/>.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) LookBackRange = (TimeSpan.Zero, TimeSpan.FromHours(1));

    /// <summary>The range of <see cref="FullResyncInterval"/>.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) FullResyncIntervalRange = (TimeSpan.FromHours(1), TimeSpan.FromDays(30));

    /// <summary>After so long no further record is begun; default 8 min, below the host's <c>functionTimeout</c>.</summary>
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// How far below what has been read the next run starts again, for rows that were committed late; default
    /// 5 min. It reaches further where one page does.
    /// </summary>
    public TimeSpan LookBack { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often everything since the start date is read again; default 1 day.</summary>
    public TimeSpan FullResyncInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The table of checkpoint and ledger: 3 to 63 letters and digits; default <c>B24Otmechalka</c>.</summary>
    public string TableName { get; set; } = "B24Otmechalka";
}
