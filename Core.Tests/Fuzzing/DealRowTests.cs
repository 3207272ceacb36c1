using System.Text;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// Whatever stands in a deal's row, its product rows and its seller, as they come in one batch: it is mapped, out of scope
/// or a readable problem, or the portal is unavailable.
/// </summary>
public sealed class DealRowTests
{
    private static readonly Gen<string> Won = Gen.Frequency(
        (
            12,
            Gen.Const(
                """[{"ID":"39558","DATE_CREATE":"2020-12-22T11:06:11+03:00","DATE_MODIFY":"2020-12-24T10:19:34+03:00","STAGE_ID":"WON"}]"""
            )
        ),
        (1, RowGen.Deal.Select(row => $"[{row}]")),
        (1, JsonGen.Any)
    );

    private static readonly Gen<(string Deal, string Users, string Won, string Rows)> Portal = Gen.Select(
        RowGen.Deal,
        RowGen.Users,
        Won,
        RowGen.ProductRows
    );

    [Fact]
    public void Map_AnyDeal_IsAValidTicketOrOutOfScopeOrAReadableProblem() => Portal.Sample(portal => Check(portal), iter: 8_000);

    [Fact]
    public void Map_DealsOfAllShapes_AreSeldomRefusedAndOftenReady()
    {
        var counts = new int[4];
        Portal.Sample(
            portal =>
            {
                Interlocked.Increment(ref counts[Check(portal)]);
            },
            iter: 3_000
        );

        Assert.All(counts, (count, kind) => Assert.True(count > 60, $"kind {kind} came {count} times: the generator does not reach it"));
    }

    // 0: no card or unavailable or not won, 1: ready, 2: out of scope, 3: invalid.
    private static int Check((string Deal, string Users, string Won, string Rows) portal)
    {
        if (!Core.Bitrix24.Card.TryRead(Json(portal.Deal), out var deal, out _))
        {
            return 0;
        }

        var users = deal.Reference(DealMapper.SellerColumn) is null ? "" : $"\"c0\":{portal.Users},";
        var first = users.Length > 0 ? 1 : 0;
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"result":{"result":{{{{users}}}"c{{{first}}}":{{{portal.Won}}},"c{{{first + 1}}}":{{{portal.Rows}}}}"""
                + $$$""","result_error":[]},"time":{}}"""
        );
        var reader = new DealDetailsReader(new CannedNetwork((_, _) => new CannedAnswer(200, body)).Bitrix24(), FuzzSettings.DealTable);
        var read = CannedNetwork.GuardAsync(() => reader.ReadAsync([deal], [], CancellationToken.None)).GetAwaiter().GetResult();
        return read is [({ } details, null)] ? Check(FuzzSettings.Deals.Map(deal, details)) : 0;
    }

    private static int Check(MappingResult mapped)
    {
        switch (mapped)
        {
            case ReadyTicket ready:
                PayloadRules.CheckTicket(OtmechalkaJson.Serialize(ready.Ticket));
                return 1;
            case MappingResult.OutOfScope:
                return 2;
            case MappingResult.Invalid invalid:
                ReadableText.CheckOurs(invalid.Status);
                return 3;
            default:
                throw new InvalidOperationException($"{mapped}");
        }
    }
}
