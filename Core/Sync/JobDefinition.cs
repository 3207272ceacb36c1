using System.Security.Cryptography;
using System.Text.Json;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// All that differs between the jobs: which cards are read, how they are mapped, how they are delivered, and how an operator is told of
/// them. The run, the operator's commands and the hosts ask it and never ask which job it is. An instance serves one run or one command,
/// because it remembers what it has read.
/// </summary>
internal abstract class JobDefinition
{
    /// <summary>Which job it is.</summary>
    public abstract SyncJob Job { get; }

    /// <summary>How its cards are listed and their status field is written.</summary>
    public abstract EntityQueries Table { get; }

    /// <summary>The setting that names the status field.</summary>
    public abstract string StatusFieldSetting { get; }

    /// <summary>The setting that names the stages that count; empty for cards that have none.</summary>
    public virtual string StagesSetting => "";

    /// <summary>The setting that says where the checkpoint starts, and what it says; <see langword="null"/> when it is not set.</summary>
    public abstract (string Setting, DateTimeOffset? Value) Start { get; }

    /// <summary>A hash of all that decides what becomes of a record: the mapping and the start date.</summary>
    public abstract string ConfigurationHash { get; }

    /// <summary>Whether a delivered record is never sent again by a mere change (a ticket is created once).</summary>
    public abstract bool DeliversOnce { get; }

    /// <summary>Which columns of its cards tell whom they are about.</summary>
    public abstract PersonColumns Person { get; }

    /// <summary>Maps the cards, reading from Bitrix24 what that needs. The results come in the same order.</summary>
    /// <param name="cards">The cards.</param>
    /// <param name="failing">The IDs of those whose details could not be read before: a further failure says nothing of Bitrix24.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public abstract Task<IReadOnlyList<MappingResult>> MapAsync(
        IReadOnlyList<Card> cards,
        IReadOnlyCollection<string> failing,
        CancellationToken cancellationToken
    );

    /// <summary>Sends a record: searches, then creates or changes.</summary>
    /// <param name="ready">What the record maps to.</param>
    /// <param name="isKnown">Whether otmechalka took it before, as far as the ledger knows.</param>
    /// <param name="cancellationToken">Breaks off even a request that is under way.</param>
    /// <exception cref="Http.UnavailableException">otmechalka cannot be used now.</exception>
    public abstract Task<Delivery> DeliverAsync(MappingResult.Ready ready, bool isKnown, CancellationToken cancellationToken);

    /// <summary>Of entries that wait for another record's delivery, those that need not wait any more.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public virtual Task<IReadOnlyCollection<LedgerEntry>> EndedWaitsAsync(
        IReadOnlyCollection<LedgerEntry> waiting,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyCollection<LedgerEntry>>([]);

    /// <summary>What the configured fields must be in Bitrix24.</summary>
    public abstract IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>The list values that the mapping knows, with what they become in otmechalka.</summary>
    /// <param name="labels">The portal's fields; <see langword="null"/> when it does not describe them.</param>
    public abstract IEnumerable<MappedValue> MappedValues(IReadOnlyDictionary<string, FieldDescription>? labels);

    /// <summary>What would be sent of a record, by the API's names.</summary>
    public abstract IReadOnlyList<ObjectField> PayloadOf(MappingResult.Ready ready);

    /// <summary>What otmechalka holds of a record; only searches are sent.</summary>
    /// <exception cref="Http.UnavailableException">otmechalka cannot be used now.</exception>
    public abstract Task<HeldRecord> LookAsync(MappingResult.Ready ready, CancellationToken cancellationToken);

    /// <summary>Whether otmechalka has the record with this ID, whatever it maps to; only a search is sent.</summary>
    /// <exception cref="Http.UnavailableException">otmechalka cannot be used now.</exception>
    public abstract Task<HeldRecord> SearchAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// What sending a record would come to, as far as searches tell; <see langword="null"/> when it would be created or changed.
    /// </summary>
    /// <exception cref="Http.UnavailableException">otmechalka cannot be used now.</exception>
    public virtual Task<Delivery?> OutcomeBySearchAsync(MappingResult.Ready ready, CancellationToken cancellationToken) =>
        Task.FromResult<Delivery?>(null);

    /// <summary>Maps a card for an operator who wants to see what would become of it, also when no run would read it.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public virtual async Task<ExplainedMapping> ExplainAsync(Card card, CancellationToken cancellationToken) =>
        new((await MapAsync([card], [], cancellationToken))[0], []);

    /// <summary>The hash of a job's part of the mapping and the start date.</summary>
    protected static string HashOf(object mapping, DateTimeOffset createdAfter) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { mapping, CreatedAfter = createdAfter })), 0, 16);
}

/// <summary>What otmechalka holds of a record.</summary>
/// <param name="IsThere">Whether it has the record; <see langword="null"/> when it did not say.</param>
/// <param name="Differences">What it holds with other values than would be sent.</param>
/// <param name="Problem">What it answered instead, as a code.</param>
internal sealed record HeldRecord(bool? IsThere, IReadOnlyList<FieldDifference> Differences, string? Problem)
{
    /// <summary>What the answer to a search means.</summary>
    public static HeldRecord Of(OtmechalkaAnswer answer, Func<IReadOnlyList<FieldDifference>> differences) =>
        answer.Verdict switch
        {
            OtmechalkaVerdict.Accepted => new(true, differences(), null),
            OtmechalkaVerdict.Absent => new(false, [], null),
            _ => new(null, [], answer.Code),
        };
}

/// <summary>A mapping together with the values it reads beside the card's own.</summary>
/// <param name="Result">What the card maps to.</param>
/// <param name="Details">The further values, by what they mean.</param>
internal sealed record ExplainedMapping(MappingResult Result, IReadOnlyList<(string Name, string? Value)> Details);
