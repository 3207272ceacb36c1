using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Fuzzing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Contacts;

public sealed class ContactDeliveryTests
{
    [Fact]
    public async Task DeliverAsync_FoundButNotToBeChanged_IsRefusedWithAReason()
    {
        using var network = new CannedNetwork((request, _) => request.Method == HttpMethod.Get ? new CannedAnswer(200, """{"id":7001}"""u8.ToArray()) : new CannedAnswer(404, []));
        var settings = FuzzSettings.Settings;
        var sync = new ContactSync(network.Bitrix24(), network.Otmechalka(), settings.Contact, settings.Sync, settings.Otmechalka.Timeout, Fingerprints.KeyedBy("key"));

        var delivery = await sync.DeliverAsync(new CardRecord(FuzzSettings.Contact, "STATUS", Fingerprints.KeyedBy("key")), FuzzSettings.Client, isKnown: true, CancellationToken.None);

        Assert.Equal((DeliveryKind.Refused, "Отмечалка не приняла: посетитель найден, но изменить его нельзя (HTTP 404)", "HTTP 404"), (delivery.Kind, delivery.Status, delivery.Code));
    }
}
