namespace B24Otmechalka.Core.Sync;

/// <summary>What is to be done with a record.</summary>
internal enum SyncAction
{
    /// <summary>Nothing: it is known as it is. This is what breaks the echo of our own status writes.</summary>
    Nothing,

    /// <summary>
    /// Nothing yet: its next try is not due, or a create without an answer may still arrive. What is owed to it stays owed.
    /// </summary>
    Wait,

    /// <summary>Only its status field does not hold what it should.</summary>
    WriteStatus,

    /// <summary>It is not sent, and the ledger says why: out of scope, a broken format, or details that Bitrix24 does not give.</summary>
    Withhold,

    /// <summary>It is not eligible any more (another stage): it is left alone, and nothing is owed to it.</summary>
    LeaveAlone,

    /// <summary>
    /// It vanished while its details were read: that is noted, and another run looks again before it is given up.
    /// </summary>
    NoteMissing,

    /// <summary>It is sent to otmechalka.</summary>
    Send,
}
