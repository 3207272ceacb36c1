using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Fuzzing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Contacts;

public sealed class ContactDeliveryTests
{
    [Fact]
    public async Task DeliverAsync_FoundButNotToBeChanged_IsRefusedWithAReason()
    {
        using var network = new CannedNetwork(
            (request, _) =>
                request.Method == HttpMethod.Get ? new CannedAnswer(200, """{"id":7001}"""u8.ToArray()) : new CannedAnswer(404, [])
        );
        var settings = FuzzSettings.Settings;
        var job = new ContactJob(network.Otmechalka(), settings.Contact, settings.Sync, settings.Otmechalka.Timeout);

        var delivery = await job.DeliverAsync(FuzzSettings.Client, isKnown: true, CancellationToken.None);

        Assert.Equal(RecordOutcome.Refused, delivery.Outcome);
        Assert.Equal("Отмечалка не приняла: посетитель закрыт для изменений, верните его из архива (HTTP 404)", delivery.Status);
        Assert.Equal("HTTP 404", delivery.Code);
    }
}
