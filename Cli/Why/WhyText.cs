using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Operations.Why;

namespace B24Otmechalka.Cli.Why;

/// <summary>Shows a person what was found, and what has become of the pupil.</summary>
internal sealed class WhyText(Screen screen, DateTimeOffset now)
{
    private const string Indentation = "  ";

    /// <summary>The service runs every few minutes; after that long somebody should look.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);

    /// <summary>What was found, unless it is just one card, which needs no list.</summary>
    public void ShowMatches(WhyAnswer answer)
    {
        if (answer is { SearchedInstead: { } instead, Matches.Count: > 0 })
        {
            Say(WhyStrings.Of("SearchedInstead", instead), Tone.Faint);
        }

        switch (answer.Matches.Count)
        {
            case 0:
                ShowNothing(answer);
                break;
            case > 1:
                ShowList(answer);
                break;
        }
    }

    /// <summary>All that is known of the pupil.</summary>
    public void Show(PupilStory story)
    {
        var card = story.Contact?.Card ?? story.Deals[0].Card;
        var parent = card.Parent is null ? "" : ", " + WhyStrings.Of("ParentIs", card.Parent);
        screen.Line(new Cell(card.Pupil ?? WhyStrings.Of("NoName"), Tone.Strong), parent);
        var sentences = new FateText(story, now);
        if (story.Contact is { } contact)
        {
            ShowFate("ContactLine", sentences.Of(contact), contact);
        }
        else
        {
            Say(WhyStrings.Of("NoContact"), Tone.Caution);
        }

        foreach (var deal in story.Deals)
        {
            ShowFate("DealLine", sentences.Of(deal), deal);
        }

        if (story.Deals.Count == 0)
        {
            Say(WhyStrings.Of("NoDeals"));
        }

        ShowRest(story);
    }

    private void ShowFate(string line, string sentence, RecordFate fate)
    {
        screen.Line();
        Say(WhyStrings.Of(line, fate.Card.Id, sentence), FateText.ToneOf(fate.Kind));
        screen.Line(new Cell(Indentation + fate.Card.Link, Tone.Faint));
    }

    private void ShowRest(PupilStory story)
    {
        screen.Line();
        if (story.HasMoreDeals)
        {
            Say(WhyStrings.Of("MoreDeals"), Tone.Faint);
        }

        if (story.SamePupil.Count > 0)
        {
            var cards = string.Join(", ", story.SamePupil.Select(card => JobWords.Record(card.Job) + " " + card.Id));
            Say(WhyStrings.Of("SamePupil", cards), Tone.Caution);
            foreach (var card in story.SamePupil)
            {
                screen.Line(new Cell(Indentation + card.Link, Tone.Faint));
            }
        }

        if (story.OtmechalkaProblem is { } problem)
        {
            Say(WhyStrings.Of("OtmechalkaSilent", problem), Tone.Bad);
        }

        var last = story.CompletedAt.Values.Min();
        if (story.CompletedAt.Values.Contains(null))
        {
            Say(WhyStrings.Of("NeverRun"), Tone.Caution);
        }
        else if (now - last > LongAgo)
        {
            Say(WhyStrings.Of("LongAgo", Moment.Ago(last!.Value, now)), Tone.Caution);
        }
    }

    private void ShowList(WhyAnswer answer)
    {
        Say(WhyStrings.Of("Several"));
        screen.Table(
            [WhyStrings.Of("Number"), WhyStrings.Of("Card"), WhyStrings.Of("Pupil"), WhyStrings.Of("Parent"), WhyStrings.Of("Created")],
            [
                .. answer.Matches.Select(
                    (card, i) =>
                        (IReadOnlyList<Cell>)
                            [
                                (i + 1).ToString(CultureInfo.InvariantCulture),
                                JobWords.Record(card.Job) + " " + card.Id,
                                card.Pupil ?? WhyStrings.Of("NoName"),
                                card.Parent,
                                Day(card.Created),
                            ]
                ),
            ]
        );
        if (answer.IsCut)
        {
            Say(WhyStrings.Of("Cut"), Tone.Faint);
        }

        var first = answer.Matches[0];
        Say(WhyStrings.Of("Repeat", JobArguments.Word(first.Job), first.Id), Tone.Faint);
    }

    private void ShowNothing(WhyAnswer answer)
    {
        var question = answer.Question;
        var start = Day(answer.StartDate);
        if (answer.IsOtherPortal)
        {
            Say(WhyStrings.Of("OtherPortal", question.Portal, answer.OwnPortal), Tone.Caution);
            return;
        }

        if (question.IsPartOfPhone)
        {
            Say(WhyStrings.Of("PartOfPhone"), Tone.Caution);
            return;
        }

        Say(
            question switch
            {
                { Phone: not null } => WhyStrings.Of("NothingByPhone", question.Text, start),
                { Id: { } id } => WhyStrings.Of("NothingById", id, start),
                _ => WhyStrings.Of("NothingByName", Searched(answer), start),
            },
            Tone.Caution
        );
        foreach (var record in answer.Remembered)
        {
            var word = JobWords.Record(record.Job);
            Say(
                record.DeliveredAt is { } delivered
                    ? WhyStrings.Of("Remembered", word, record.Id, Day(delivered.ToOffset(answer.StartDate.Offset)))
                    : WhyStrings.Of("RememberedOnly", word, record.Id)
            );
        }

        Say(WhyStrings.Of("MayBe"));
        string[] causes = question switch
        {
            { Phone: not null } => ["MayBeNotation", "MayBeLead", "MayBeHidden"],
            { Id: not null } => ["MayBeDeleted", "MayBeHidden"],
            _ => ["MayBeSpelled", "MayBeDeleted", "MayBeLead", "MayBeHidden"],
        };
        foreach (var cause in causes)
        {
            Say(WhyStrings.Of(cause), bullet: "- ");
        }
    }

    private static string Searched(WhyAnswer answer) =>
        answer.SearchedInstead is { } instead ? $"{answer.Question.Text}» {WhyStrings.Of("And")} «{instead}" : answer.Question.Text;

    private void Say(string text, Tone tone = Tone.Plain, string bullet = "") =>
        screen.Paragraph(new Cell(text, tone), bullet.Length > 0 ? Indentation + bullet : "");

    /// <summary>A day as people write it.</summary>
    internal static string Day(DateTimeOffset moment) => WhyStrings.Of("Day", moment);
}
