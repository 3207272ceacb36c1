using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Cards;

/// <summary>What both jobs share: how Bitrix24's cards are read and their status fields written.</summary>
internal abstract class CardJob : RecordJob<CardRecord>
{
    private readonly Bitrix24Client client;
    private readonly CardTable table;
    private readonly CardReader reader;
    private readonly StatusWriter writer;
    private readonly UnreadableRows unreadable = new();
    private readonly string statusSetting;
    private readonly Fingerprints fingerprints;

    /// <summary>Creates the job for one run.</summary>
    /// <param name="client">Bitrix24.</param>
    /// <param name="table">The cards.</param>
    /// <param name="statusSetting">The name of the setting that holds the status field's code.</param>
    /// <param name="mapping">The job's part of the mapping.</param>
    /// <param name="fingerprints">Makes what is stored of a card.</param>
    protected CardJob(Bitrix24Client client, CardTable table, string statusSetting, object mapping, Fingerprints fingerprints)
    {
        (this.client, this.table, this.statusSetting, this.fingerprints) = (client, table, statusSetting, fingerprints);
        reader = new CardReader(client, table);
        writer = new StatusWriter(client, table);
        Rules = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { mapping, table.CreatedAfter })), 0, 16);
    }

    public override string Rules { get; }

    public override DateTimeOffset? PortalTime => reader.PortalTime;

    protected Bitrix24Client Client => client;

    /// <summary>How many records are given, and so mapped, at once.</summary>
    protected virtual int RecordsAtOnce => CardTable.PageSize;

    public override Task PreflightAsync(CancellationToken cancellationToken) =>
        StatusFieldCheck.RunAsync(client, table.Entity, table.StatusField, statusSetting, cancellationToken);

    public override async IAsyncEnumerable<IReadOnlyList<CardRecord>> ReadAsync(
        DateTimeOffset after, int expected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new List<CardRecord>();
        await foreach (var page in reader.ReadAsync(after, expected, cancellationToken))
        {
            waiting.AddRange(page.Select(Record));
            for (; waiting.Count >= RecordsAtOnce; waiting.RemoveRange(0, RecordsAtOnce))
            {
                yield return waiting[..RecordsAtOnce];
            }
        }

        if (waiting.Count > 0)
        {
            yield return waiting;
        }
    }

    public override async Task<IReadOnlyList<CardRecord>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var (cards, rows) = await reader.ReadAsync(ids, cancellationToken);
        unreadable.Add(rows);
        return [.. cards.Select(Record)];
    }

    public override IReadOnlyList<UnreadableRecord> TakeUnreadable()
    {
        unreadable.Add(reader.TakeUnreadable());
        return [.. unreadable.Take().Select(row => new UnreadableRecord(row.Id, row.Reason))];
    }

    public override async Task<IReadOnlyList<(StatusOutcome Outcome, string? Code)>> WriteStatusesAsync(
        IReadOnlyList<OwedStatus> statuses, CancellationToken cancellationToken)
    {
        var results = await writer.WriteAsync([.. statuses.Select(status => new StatusText(status.RecordId, status.Content, status.Text))], cancellationToken);
        return [.. results.Select(result => (Outcome(result.Result), result.Code))];
    }

    /// <summary>A card as this job's record.</summary>
    public CardRecord Record(Card card) => new(card, table.StatusField, fingerprints);

    /// <summary>The mapping with the payload's fingerprint as the ledger has it: keyed.</summary>
    public Mapped Keyed(Mapped mapped) => mapped is Mapped.Ready ready ? ready with { PayloadHash = fingerprints.Of(ready.PayloadHash) } : mapped;

    private static StatusOutcome Outcome(StatusResult result) => result switch
    {
        StatusResult.Written => StatusOutcome.Written,
        StatusResult.Held => StatusOutcome.Held,
        StatusResult.Changed => StatusOutcome.Changed,
        StatusResult.Gone => StatusOutcome.Gone,
        StatusResult.Denied => StatusOutcome.Denied,
        StatusResult.Postponed => StatusOutcome.Postponed,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
