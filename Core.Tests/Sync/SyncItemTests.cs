using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sync;

public sealed class SyncItemTests
{
    private static readonly Fingerprints Fingerprints = Fingerprints.KeyedBy("key");

    [Theory]
    [InlineData("", false, null)]
    [InlineData("\"S\":null", true, null)]
    [InlineData("\"S\":\"\"", true, null)]
    [InlineData("\"S\":false", true, null)]
    [InlineData("\"S\":\" Успешно \"", true, "Успешно")]
    public void Status_InAnySpelling_IsTextOrNone(string members, bool has, string? status)
    {
        var item = new SyncItem(TestCards.Card(members), "S", null, ItemSource.Window, 0);

        Assert.Equal(has, item.HasStatusField);
        Assert.Equal(status, item.Status);
    }

    [Fact]
    public void VersionOf_SameRow_IsTheSame() =>
        Assert.Equal(Version(TestCards.Card("\"A\":\"1\"")), Version(TestCards.Card("\"A\":\"1\"")));

    [Fact]
    public void VersionOf_OtherContent_IsAnother() =>
        Assert.NotEqual(Version(TestCards.Card("\"A\":\"1\"")), Version(TestCards.Card("\"A\":\"2\"")));

    [Fact]
    public void VersionOf_SameContentModifiedLater_IsAnother()
    {
        var (one, other) = (Items.Card(modified: Items.Now), Items.Card(modified: Items.Now.AddSeconds(1)));

        Assert.NotEqual(Version(one), Version(other));
        Assert.Equal(one.ContentHash, other.ContentHash);
    }

    [Fact]
    public void VersionOf_SameInstantWithAnotherOffset_IsTheSame() =>
        Assert.Equal(Version(Items.Card(modified: Items.Now)), Version(Items.Card(modified: Items.Now.ToOffset(TimeSpan.FromHours(10)))));

    private static long Version(Card card) => SyncItem.VersionOf(card, Fingerprints);
}
