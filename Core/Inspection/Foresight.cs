using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Completes a preview with what otmechalka holds, and with what doing the step would come to.</summary>
internal sealed class Foresight(OtmechalkaClient otmechalka, CardJob job)
{
    public async Task<Preview> CompleteAsync(Preview preview, Step step, Mapped mapped, CancellationToken cancellationToken)
    {
        var expected = step switch
        {
            Step.Pass or Step.Leave => preview with { Action = PreviewAction.Nothing, ExpectedStatus = preview.Status },
            Step.Send => preview with { Action = PreviewAction.Send, ExpectedStatus = StatusLine.Success },
            _ => preview with { Action = PreviewAction.WriteStatus, ExpectedStatus = TextOf(mapped) },
        };
        try
        {
            return mapped switch
            {
                ReadyClient client => await LookAsync(expected, client, cancellationToken),
                ReadyTicket ticket => await LookAsync(expected, ticket, cancellationToken),
                _ => expected,
            };
        }
        catch (UnavailableException error)
        {
            return expected with { OtmechalkaProblem = error.Message };
        }
    }

    private async Task<Preview> LookAsync(Preview preview, ReadyClient ready, CancellationToken cancellationToken)
    {
        var (answer, held) = await otmechalka.ReadClientAsync(ready.Client.OriginId, cancellationToken);
        var isThere = answer.Verdict == OtmechalkaVerdict.Accepted;
        return answer.Verdict is OtmechalkaVerdict.Accepted or OtmechalkaVerdict.Absent
            ? preview with
            {
                IsInOtmechalka = isThere,
                Differences = isThere ? ObjectFields.Compare(preview.Payload, held) : [],
                Action = preview.Action != PreviewAction.Send ? preview.Action : isThere ? PreviewAction.Update : PreviewAction.Create,
            }
            : preview with { OtmechalkaProblem = $"otmechalka answers a search with {answer.Code}" };
    }

    private async Task<Preview> LookAsync(Preview preview, ReadyTicket ready, CancellationToken cancellationToken)
    {
        var delivery = await ((DealSync)job).ForeseeAsync(ready.Ticket, cancellationToken);
        return delivery?.Kind switch
        {
            null => Sending(preview with { IsInOtmechalka = false }, PreviewAction.Create, preview.ExpectedStatus),
            DeliveryKind.Unchanged => Sending(preview with { IsInOtmechalka = true }, PreviewAction.LeaveAlone, preview.ExpectedStatus),
            DeliveryKind.WaitsForClient => Sending(preview with { IsInOtmechalka = false }, PreviewAction.Wait, delivery.Status),
            _ => Sending(preview with { OtmechalkaProblem = $"otmechalka answers a search with {delivery.Code}" }, PreviewAction.Send, delivery.Status),
        };
    }

    private static Preview Sending(Preview preview, PreviewAction action, string? status) =>
        preview.Action == PreviewAction.Send ? preview with { Action = action, ExpectedStatus = status } : preview;

    private static string TextOf(Mapped mapped) => mapped switch
    {
        Mapped.Invalid invalid => invalid.Status,
        Mapped.Unreadable unreadable => unreadable.Status,
        _ => StatusLine.Success,
    };
}
