using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>Shows a card to a person: by the names on it, or on the contact that it is about.</summary>
internal sealed class CardFaces(Bitrix24Client bitrix24, JobFactory jobs, CardLinks links)
{
    /// <summary>The job whose cards name pupils.</summary>
    public JobDefinition People { get; } = Enum.GetValues<SyncJob>().Select(jobs.Create).Single(job => job.Person.Pupil is not null);

    /// <summary>The cards as they are shown, in their order.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<IReadOnlyList<FoundCard>> OfAsync(JobDefinition job, IReadOnlyList<Card> cards, CancellationToken cancellationToken)
    {
        if (job.Person.Contact is not { } column)
        {
            return [.. cards.Select(card => Of(job, card, card))];
        }

        var contacts = await ByIdAsync(People, [.. cards.Select(card => card.Reference(column)).OfType<string>()], cancellationToken);
        var byId = contacts.ToDictionary(contact => contact.Id);
        return [.. cards.Select(card => Of(job, card, card.Reference(column) is { } id ? byId.GetValueOrDefault(id) : null))];
    }

    /// <summary>The card as it is shown.</summary>
    /// <param name="job">Its job.</param>
    /// <param name="card">The card.</param>
    /// <param name="contact">Who names the pupil: the card itself, or the contact it is about; <see langword="null"/> for none.</param>
    public FoundCard Of(JobDefinition job, Card card, Card? contact) =>
        new(
            job.Job,
            card.Id,
            links.Of(job.Job, card.Id),
            contact is null ? null : People.Person.Pupil?.Of(contact),
            contact is null ? null : People.Person.Parent?.Of(contact),
            card.Created,
            card.Text(job.Table.StatusField)
        );

    /// <summary>The cards with these IDs, as far as Bitrix24 shows them.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<IReadOnlyList<Card>> ByIdAsync(
        JobDefinition job,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await new CardLookup(bitrix24, job.Table).ReadAsync(ids, cancellationToken);
        return [.. found.Eligible, .. found.NotEligible];
    }
}
