using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Why;

namespace B24Otmechalka.Cli.Status;

/// <summary>Shows a person the pupils that stand twice.</summary>
internal sealed class DuplicatesText(Screen screen)
{
    public void Show(IReadOnlyList<SamePupil> pupils)
    {
        if (pupils.Count == 0)
        {
            screen.Line(new Cell(StatusStrings.Of("NoDuplicates"), Tone.Good));
            return;
        }

        var spare = pupils.Sum(pupil => pupil.Cards.Count - 1);
        screen.Paragraph(StatusStrings.Of("Duplicates", pupils.Count, spare, ServiceStatus.MostClients));
        screen.Paragraph(StatusStrings.Of("KeepOne"));
        foreach (var pupil in pupils)
        {
            screen.Line();
            screen.Line(new Cell(pupil.Cards[0].Pupil ?? "", Tone.Strong));
            foreach (var card in pupil.Cards)
            {
                var place = StatusStrings.Of(pupil.Delivered.Contains(card.Id) ? "InOtmechalka" : "NotInOtmechalka");
                screen.Line(
                    $"  {JobWords.Record(card.Job)} {card.Id}, "
                        + $"{StatusStrings.Of("Created", StatusStrings.Of("Day", card.Created))}, {place}"
                );
                screen.Line(new Cell("    " + card.Link, Tone.Faint));
            }
        }
    }
}
