using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// Whatever stands in a contact's row: it is mapped, out of scope or a readable problem, or the list is refused as a whole.
/// </summary>
public sealed class ContactRowTests
{
    [Fact]
    public void Map_AnyRow_IsAValidClientOrOutOfScopeOrAReadableProblem() => RowGen.Contact.Sample(row => Check(row), iter: 15_000);

    [Fact]
    public void Map_RowsOfAllShapes_AreSeldomRefusedAndOftenReady()
    {
        var counts = new int[4];
        RowGen.Contact.Sample(
            row =>
            {
                Interlocked.Increment(ref counts[Check(row)]);
            },
            iter: 3_000
        );

        Assert.All(counts, (count, kind) => Assert.True(count > 60, $"kind {kind} came {count} times: the generator does not reach it"));
    }

    [Fact]
    public void Read_AnyJson_IsAListOfCardsOrUnavailable() =>
        JsonGen.Any.Sample(
            json =>
            {
                if (CardPage.Read(Json(json)) is { } page)
                {
                    Assert.All(page.Readable, card => Assert.True(card.Number > 0));
                    Assert.True(page.Rows >= page.Readable.Count + page.Unreadable.Count, "a row is lost");
                }
            },
            iter: 5_000
        );

    // 0: no card, 1: ready, 2: out of scope, 3: invalid.
    private static int Check(string row)
    {
        if (!Core.Bitrix24.Card.TryRead(Json(row), out var card, out var unreadable))
        {
            Assert.InRange(unreadable.Reason.Length, 1, 60);
            return 0;
        }

        Assert.Equal(16, card.ContentHash.Length);
        var status = card.Text(FuzzSettings.Settings.Contact.StatusField);
        Assert.Equal(status, status?.Trim());
        switch (FuzzSettings.Contacts.Map(card))
        {
            case ReadyClient ready:
                PayloadRules.CheckClient(OtmechalkaJson.Serialize(ready.Client));
                return 1;
            case MappingResult.OutOfScope:
                return 2;
            case MappingResult.Invalid invalid:
                ReadableText.CheckOurs(invalid.Status);
                return 3;
            case var other:
                throw new InvalidOperationException($"{other}");
        }
    }
}
