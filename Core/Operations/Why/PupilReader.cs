using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>
/// Answers «why is this pupil not in otmechalka»: finds him in Bitrix24 by whatever the operator knows, and tells what has become of his
/// contact and of all that is about it. Reads live, stores nothing, writes nothing anywhere; otmechalka is only searched.
/// </summary>
internal sealed class PupilReader(
    JobFactory jobs,
    JobStores stores,
    Bitrix24Client bitrix24,
    CardFaces faces,
    Settings settings,
    Fingerprints fingerprints,
    TimeProvider time
)
{
    /// <summary>The newest deals of a pupil tell enough; each is searched in otmechalka.</summary>
    private const int MostDeals = 20;

    /// <summary>More are no list to choose from.</summary>
    private const int MostMatches = 20;

    /// <summary>Finds the cards that a question may be about.</summary>
    /// <exception cref="UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task<WhyAnswer> FindAsync(WhyQuestion question, CancellationToken cancellationToken)
    {
        var portal = new Uri(settings.Bitrix24.WebhookUrl).Authority;
        var answer = new WhyAnswer
        {
            Question = question,
            StartDate = settings.Sync.StartDate,
            OwnPortal = portal,
        };
        if (question.Portal is { } other && !other.Equals(portal, StringComparison.OrdinalIgnoreCase))
        {
            return answer with { IsOtherPortal = true };
        }

        var byId = await ByIdAsync(question, cancellationToken);
        var byText = await ByTextAsync(question, cancellationToken);
        if (byText.Cards.Count == 0 && byId.Count == 0 && question.InRussianLayout() is { } russian)
        {
            byText = await ByTextAsync(russian, cancellationToken);
            answer = answer with { SearchedInstead = russian.Text };
        }

        var texts = await faces.OfAsync(faces.People, [.. byText.Cards.Take(MostMatches)], cancellationToken);
        var matches = byId.Concat(texts).DistinctBy(card => (card.Job, card.Id)).ToList();
        return answer with
        {
            Matches = matches,
            IsCut = byText.IsCut || byText.Cards.Count > MostMatches,
            Remembered = matches.Count > 0 || question.Id is null ? [] : await RememberedAsync(question, cancellationToken),
        };
    }

    /// <summary>
    /// Tells all of the pupil whom a card is about; <see langword="null"/> when Bitrix24 does not show the card any more.
    /// </summary>
    /// <exception cref="UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task<PupilStory?> TellAsync(FoundCard found, CancellationToken cancellationToken)
    {
        var asked = jobs.Create(found.Job);
        if (await faces.ByIdAsync(asked, [found.Id], cancellationToken) is not [var card, ..])
        {
            return null;
        }

        var contactId = asked.Person.Contact is { } column ? card.Reference(column) : card.Id;
        var contact =
            asked.Person.Contact is null ? card
            : contactId is null ? null
            : (await faces.ByIdAsync(faces.People, [contactId], cancellationToken)) is [var first, ..] ? first
            : null;
        var about = contact is null ? SearchResult.None : await AboutAsync(contact, cancellationToken);
        var deals = about.Cards.Take(MostDeals).ToList();
        if (asked.Person.Contact is not null)
        {
            deals = [card, .. deals.Where(deal => deal.Id != card.Id)]; // the one in question first
        }

        var fates = new List<RecordFate>();
        var completed = new Dictionary<SyncJob, DateTimeOffset?>();
        foreach (var job in Jobs())
        {
            IReadOnlyList<Card> cards =
                job.Person.Contact is not null ? deals
                : contact is null ? []
                : [contact];
            var reader = new FateReader(job, stores.Of(job.Job), bitrix24, settings, fingerprints, time);
            var (read, completedAt) = await reader.ReadAsync(cards, shown => faces.Of(job, shown, contact), cancellationToken);
            fates.AddRange(read);
            completed[job.Job] = completedAt;
        }

        var (looked, problem) = await new OtmechalkaLook(jobs, settings, time).AtAsync(fates, cancellationToken);
        return new PupilStory
        {
            Contact = looked.FirstOrDefault(fate => fate.Job == faces.People.Job),
            Deals = [.. looked.Where(fate => fate.Job != faces.People.Job)],
            HasMoreDeals = about.IsCut || about.Cards.Count > MostDeals,
            SamePupil = contact is null ? [] : await SamePupilAsync(contact, cancellationToken),
            OtmechalkaProblem = problem,
            CompletedAt = completed,
            StartDate = settings.Sync.StartDate,
        };
    }

    private IEnumerable<JobDefinition> Jobs() => Enum.GetValues<SyncJob>().Select(jobs.Create);

    private async Task<List<FoundCard>> ByIdAsync(WhyQuestion question, CancellationToken cancellationToken)
    {
        var found = new List<FoundCard>();
        foreach (var job in JobsOf(question))
        {
            var cards = await faces.ByIdAsync(job, [question.Id!], cancellationToken);
            found.AddRange(await faces.OfAsync(job, cards, cancellationToken));
        }

        return found;
    }

    private IEnumerable<JobDefinition> JobsOf(WhyQuestion question) =>
        question.Id is null ? [] : Jobs().Where(job => question.Entity is null || question.Entity == job.Table.Entity);

    private async Task<SearchResult> ByTextAsync(WhyQuestion question, CancellationToken cancellationToken)
    {
        var search = new CardSearch(bitrix24, faces.People);
        return question switch
        {
            { Phone: { } phone } => await search.ByPhoneAsync(phone, question.Text, cancellationToken),
            { Words.Count: > 0 } => await search.ByNameAsync(question.Words, cancellationToken),
            _ => SearchResult.None,
        };
    }

    private async Task<SearchResult> AboutAsync(Card contact, CancellationToken cancellationToken)
    {
        var cards = new List<Card>();
        var isCut = false;
        foreach (var job in Jobs().Where(job => job.Person.Contact is not null))
        {
            var found = await new CardSearch(bitrix24, job).OfContactAsync(contact.Id, cancellationToken);
            cards.AddRange(found.Cards);
            isCut |= found.IsCut;
        }

        return new SearchResult(cards, isCut);
    }

    private async Task<IReadOnlyList<FoundCard>> SamePupilAsync(Card contact, CancellationToken cancellationToken)
    {
        var same = await new CardSearch(bitrix24, faces.People).SamePupilAsync(contact, cancellationToken);
        return await faces.OfAsync(faces.People, same.Cards, cancellationToken);
    }

    private async Task<IReadOnlyList<FormerRecord>> RememberedAsync(WhyQuestion question, CancellationToken cancellationToken)
    {
        var known = new List<FormerRecord>();
        foreach (var job in JobsOf(question))
        {
            var entries = await stores.Of(job.Job).PeekAsync([question.Id!], cancellationToken);
            known.AddRange(entries.Values.Select(entry => new FormerRecord(job.Job, entry.Id, entry.DeliveredAt)));
        }

        return known;
    }
}
