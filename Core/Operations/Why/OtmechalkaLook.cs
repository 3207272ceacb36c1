using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>
/// Looks whether otmechalka holds the records now: what was delivered may have been deleted there by hand. The answer must not hang on
/// otmechalka, which may be what is broken: it has a few seconds, and that it did not say is part of the answer.
/// </summary>
internal sealed class OtmechalkaLook(JobFactory jobs, Settings settings, TimeProvider time)
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(4);

    /// <summary>The fates with what otmechalka says, in their order, and why it does not say, where it does not.</summary>
    public async Task<(IReadOnlyList<RecordFate> Fates, string? Problem)> AtAsync(
        IReadOnlyList<RecordFate> fates,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(MostTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var looked = new RecordFate[fates.Count];
        fates.ToArray().CopyTo(looked, 0);
        try
        {
            foreach (var portion in Enumerable.Range(0, fates.Count).Chunk(settings.Otmechalka.Concurrency))
            {
                await Task.WhenAll(portion.Select(LookAsync));
            }

            return (looked, null);
        }
        catch (UnavailableException error)
        {
            return (looked, error.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (looked, new UnavailableException(RequestMeter.Otmechalka, "timeout").Message);
        }

        async Task LookAsync(int i) =>
            looked[i] = With(fates[i], await jobs.Create(fates[i].Job).SearchAsync(fates[i].Card.Id, either.Token));
    }

    private static RecordFate With(RecordFate fate, HeldRecord held) =>
        fate with
        {
            IsInOtmechalka = held.IsThere,
            Kind = held.IsThere == false && fate.Kind is FateKind.Delivered or FateKind.DeliveredAndChanged ? FateKind.Vanished : fate.Kind,
        };
}
