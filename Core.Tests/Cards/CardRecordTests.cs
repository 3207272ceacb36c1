using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cards;

public sealed class CardRecordTests
{
    [Theory]
    [InlineData("", false, null)]
    [InlineData("\"S\":null", true, null)]
    [InlineData("\"S\":\"\"", true, null)]
    [InlineData("\"S\":false", true, null)]
    [InlineData("\"S\":\" Успешно \"", true, "Успешно")]
    public void Status_InAnySpelling_IsTextOrNone(string members, bool has, string? status)
    {
        var record = new CardRecord(TestCards.Card(members), "S", Fingerprints.KeyedBy("key"));

        Assert.Equal((has, status), (record.HasStatusField, record.Status));
    }

    [Fact]
    public void Sight_SameRow_IsTheSame() =>
        Assert.Equal(Record("\"A\":\"1\"").Sight, Record("\"A\":\"1\"").Sight);

    [Fact]
    public void Sight_OtherContent_IsAnother() =>
        Assert.NotEqual(Record("\"A\":\"1\"").Sight, Record("\"A\":\"2\"").Sight);

    [Fact]
    public void Sight_OtherTimeSameContent_IsAnother()
    {
        var one = TestCards.Row("""{"ID":"1","DATE_CREATE":"2020-12-22T11:06:11+03:00","DATE_MODIFY":"2020-12-24T10:19:34+03:00"}""");
        var other = TestCards.Row("""{"ID":"1","DATE_CREATE":"2020-12-22T11:06:11+03:00","DATE_MODIFY":"2020-12-24T10:19:35+03:00"}""");

        Assert.NotEqual(new CardRecord(one, "S", Fingerprints.KeyedBy("key")).Sight, new CardRecord(other, "S", Fingerprints.KeyedBy("key")).Sight);
        Assert.Equal(one.Fingerprint(), other.Fingerprint());
    }

    private static CardRecord Record(string members) => new(TestCards.Card(members), "S", Fingerprints.KeyedBy("key"));
}
