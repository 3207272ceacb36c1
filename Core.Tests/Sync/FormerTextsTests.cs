using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// Texts that we word anew reach a card with its next change: the daily full resync looks at all cards and must not write them all.
/// </summary>
public sealed class FormerTextsTests
{
    private const int Many = 240;
    private const string Now = "Неверно: дата рождения (выберите дату в календаре)";
    private const string Former = "Неверно: дата рождения (такой даты нет)";

    private readonly World world = World.Empty();

    [Fact]
    public void Sync_FullResyncOfManyCardsWithFormerTexts_WritesNone()
    {
        var ids = WorldOfTheFormerVersion();

        world.Time.Advance(TimeSpan.FromHours(25));
        var report = world.SyncContacts();

        Assert.Equal((Many, Many, 0), (report.Read, report.Unchanged, report.StatusesWritten));
        Assert.All(ids, id => Assert.Equal(Former, world.ContactStatus(id)));
    }

    [Fact]
    public void Sync_CardsThatAreChanged_GetTheirTextsAnewAndTheOthersNot()
    {
        var ids = WorldOfTheFormerVersion();
        world.EditContact(ids[0], ("NAME", "Пётр"));
        world.EditContact(ids[1], ("PHONE", null));
        world.EditContact(ids[2], (Status, null));
        world.EditContact(ids[3], (Birthdate, "2009-11-29"));

        var report = world.SyncContacts();

        Assert.Equal(4, report.StatusesWritten);
        Assert.Equal([Now, "Не заполнено: телефон. " + Now, Now, "Успешно", Former], ids.Take(5).Select(id => world.ContactStatus(id)!));
    }

    [Fact]
    public void Sync_MappingChanged_WritesOnlyWhereTheProblemsAreOthers()
    {
        var ids = WorldOfTheFormerVersion();
        world.With("Mapping__Contact__Routes__0__BranchOffice", "9999");

        Assert.Equal(0, world.SyncContacts().StatusesWritten);

        world.With("Mapping__Contact__Routes__0__Branch", "348"); // the same product, and now it needs a branch
        Assert.Equal(Many, world.SyncContacts().StatusesWritten);
        Assert.All(ids, id => Assert.Equal("Не заполнено: филиал. " + Now, world.ContactStatus(id)));
    }

    [Fact]
    public void Former_OfEachSlice_AreOtherTexts()
    {
        var pairs = ContactTexts.Former.Concat(DealTexts.Former).ToList();

        Assert.All(pairs, pair => Assert.NotEqual(pair.Key, pair.Value));
        Assert.All(pairs, pair => Assert.True(("Неверно: " + pair.Key).Length <= StatusLine.MostCharacters));
    }

    // What version 1.0.0 left behind: its words on the cards, and their hashes in the ledger.
    private List<long> WorldOfTheFormerVersion()
    {
        var ids = Enumerable.Range(1, Many).Select(_ => world.AddContact((Birthdate, "2009-02-30"))).ToList();
        world.SyncContacts();
        foreach (var id in ids)
        {
            Assert.Equal(Now, world.ContactStatus(id));
            world.EditContact(id, (Status, Former));
        }

        world.Time.Advance(TimeSpan.FromMinutes(10));
        var key = Fingerprints.KeyedBy(world.Crms.ApiKey);
        foreach (var row in world.Table.Entities)
        {
            if (row.RowKey == "!state")
            {
                row["Checkpoint"] = row["ReadAfter"] = EntityQueries.Format(world.Time.GetUtcNow());
            }
            else if (row.ContainsKey("StatusHash"))
            {
                row["StatusHash"] = key.Of(StatusLine.Hash(Former));
            }
        }

        world.Time.Advance(TimeSpan.FromMinutes(1));
        return ids;
    }
}
