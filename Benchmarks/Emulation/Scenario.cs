namespace B24Otmechalka.Benchmarks.Emulation;

/// <summary>What the emulated CRMs hold at the start.</summary>
internal sealed record Scenario
{
    /// <summary>Contacts that can be sent, IDs 1, 2, ….</summary>
    public int Contacts { get; init; }

    /// <summary>Won deals of these contacts, IDs 1, 2, ….</summary>
    public int Deals { get; init; }

    /// <summary>The deals' sellers.</summary>
    public int Sellers { get; init; } = 30;

    /// <summary>Contacts modified in one second.</summary>
    public int PerSecond { get; init; } = 3;

    /// <summary>Whether the status fields hold «Успешно» already.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Bitrix24 refuses to update each record whose ID this divides; 0: none.</summary>
    public int RefuseEvery { get; init; }
}

/// <summary>How the emulated CRMs are reached.</summary>
internal sealed record SandboxAddresses(Uri Webhook, Uri SecureWebhook, string Certificate, Uri Otmechalka, string ApiKey);

/// <summary>What was asked of the emulated CRMs since they were armed, and what they hold now.</summary>
internal sealed record SandboxReport
{
    public int Requests { get; init; }

    /// <summary>Commands, those inside batches counted one by one.</summary>
    public int Commands { get; init; }

    /// <summary>Answers with 503.</summary>
    public int Refused { get; init; }

    /// <summary>The portal's own time by the latency model.</summary>
    public double ServerSeconds { get; init; }

    public int OtmechalkaRequests { get; init; }

    /// <summary>When the first request came, by the machine's clock.</summary>
    public DateTimeOffset? FirstRequest { get; init; }

    /// <summary>Contacts, and deals, whose status is «Успешно».</summary>
    public int SuccessfulContacts { get; init; }

    public int SuccessfulDeals { get; init; }

    public int Clients { get; init; }

    public int Tickets { get; init; }

    /// <summary>Records that are in otmechalka twice.</summary>
    public int Doubles { get; init; }

    /// <summary>Updates of clients since the start.</summary>
    public int Updates { get; init; }
}
