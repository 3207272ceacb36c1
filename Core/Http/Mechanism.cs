namespace B24Otmechalka.Core.Http;

/// <summary>
/// What keeps the promises of spec 6, one by one. Each can be switched off by tests, which show that the simulation notices
/// (docs/correctness.md); it stands here because this is the one folder that all others may know.
/// </summary>
internal enum Mechanism
{
    /// <summary>A run reads again what was modified shortly before the last one, for rows that were committed late.</summary>
    LookBack,

    /// <summary>How far was read is told by the portal's clock, not by ours.</summary>
    PortalClock,

    /// <summary>The next page begins with the last second of the page before.</summary>
    WholeSeconds,

    /// <summary>A run that breaks off leaves the second it has reached to the next one.</summary>
    SecondReached,

    /// <summary>Outcomes and the state that passes them are stored in one transaction.</summary>
    OneTransaction,

    /// <summary>Nothing is created without a search.</summary>
    SearchBeforeCreate,

    /// <summary>A create is sent once, whatever becomes of it.</summary>
    CreateOnce,

    /// <summary>A run sends nothing as long as a create of an earlier one, which got no answer, may be carried out.</summary>
    WaitForLateCreate,

    /// <summary>A card is known again by the fingerprint of what was sent of it.</summary>
    EchoSuppression,

    /// <summary>A status text is stored as owed before it is written.</summary>
    OwedStatuses,

    /// <summary>A card is read again directly before its status is written.</summary>
    LookBeforeWriting,

    /// <summary>A status field that was cleared sends the record again.</summary>
    ClearedStatus,

    /// <summary>A job whose lock is held is not begun.</summary>
    Lock,

    /// <summary>A lock is renewed while its run goes on.</summary>
    LockRenewal,

    /// <summary>Every transaction is stored on the condition that the lock is still its own.</summary>
    LockFencing,

    /// <summary>A transaction whose answer was lost is not taken for somebody else's.</summary>
    LostAnswers,

    /// <summary>Everything is read again once a day.</summary>
    DailySweep,

    /// <summary>Everything is looked at again when the mapping has changed.</summary>
    RulesFingerprint,

    /// <summary>What was refused or left unclear is tried again.</summary>
    Retries,

    /// <summary>It is tried less and less often.</summary>
    Backoff,

    /// <summary>A deal that waits for its client goes when the client has.</summary>
    ClientWait,

    /// <summary>A deal's stage is read again together with its details.</summary>
    WonRecheck,

    /// <summary>A 500 for five records in a row is nobody's record.</summary>
    FiveFailures,
}

/// <summary>The switches. All are on, but where a test has switched one off for its own flow of execution.</summary>
internal static class Mechanisms
{
    private static readonly AsyncLocal<Mechanism?> Off = new();
    private static volatile bool anyOff;

    /// <summary>Whether the mechanism works.</summary>
    public static bool IsOn(this Mechanism mechanism) => !anyOff || Off.Value != mechanism;

    /// <summary>For tests: the mechanism does nothing in this flow and in all that it starts.</summary>
    public static void SwitchOff(Mechanism? mechanism)
    {
        anyOff = true;
        Off.Value = mechanism;
    }
}
