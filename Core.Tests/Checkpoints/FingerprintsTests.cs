using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Checkpoints;

/// <summary>
/// What is stored of a payload or a status tells nothing about it (docs/spec.md, section 7), and older ledgers are still known.
/// </summary>
public sealed class FingerprintsTests
{
    private static readonly string[] Columns = ["PayloadHash", "StatusHash"];

    private readonly World world = World.Empty();

    [Fact]
    public void Of_AnyHash_IsTheSameForTheSameKeyOnlyAndStaysAsItIs() =>
        Gen.Select(Gen.String[0, 40], Gen.String[1, 20], Gen.String[1, 20])
            .Sample(
                (hash, key, other) =>
                {
                    var keyed = Fingerprints.KeyedBy(key).Of(hash);

                    Assert.Equal(keyed, Fingerprints.KeyedBy(key).Of(hash));
                    Assert.Equal(keyed, Fingerprints.KeyedBy(other).Of(keyed));
                    Assert.Equal(key == other, keyed == Fingerprints.KeyedBy(other).Of(hash));
                }
            );

    [Fact]
    public void Sync_WhatIsStored_IsNoPlainHash()
    {
        var stored = new List<string>();
        world.Table.OnStored = row => stored.AddRange(Columns.Select(row.GetString).OfType<string>());
        world.AddDeal(world.AddContact());
        world.AddContact(("LAST_NAME", ""));

        world.SyncContacts();
        world.SyncDeals();

        var success = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(StatusLine.Success)));
        Assert.NotEmpty(stored);
        Assert.All(stored, hash => Assert.StartsWith("k1-", hash, StringComparison.Ordinal));
        Assert.DoesNotContain(stored, hash => hash.Contains(success[..8], StringComparison.Ordinal));
    }

    [Fact]
    public void Sync_LedgerOfAnOlderVersion_IsKnownAndKeyedByTheNextFullResync()
    {
        long[] contacts = [.. world.AddContacts(3), world.AddContact(("LAST_NAME", ""))]; // the last one is invalid
        var deal = world.AddDeal(contacts[0]);
        world.SyncContacts();
        world.SyncDeals();
        Unkey(contacts, deal);
        world.Crms.OtmechalkaEndpoint.Reset();
        world.Time.Advance(TimeSpan.FromDays(2));

        var (first, second, deals) = (world.SyncContacts(), world.SyncContacts(), world.SyncDeals());

        Assert.All(
            [first, second, deals],
            report => Assert.Equal((RunOutcome.Completed, 0, 0), (report.Outcome, report.OtmechalkaRequests, report.StatusesWritten))
        );
        Assert.All(
            Entities(),
            row =>
                Assert.All(Columns.Select(row.GetString).OfType<string>(), hash => Assert.StartsWith("k1-", hash, StringComparison.Ordinal))
        );
        var calls = world.Table.Calls;
        world.Time.Advance(TimeSpan.FromDays(2));
        world.SyncContacts();
        Assert.Equal(3 + contacts.Length + 1, world.Table.Calls - calls); // once is enough; the last call looks for records that are gone
    }

    [Fact]
    public void Sync_AnotherApiKey_SendsContactsOnceMoreAndNoDeal()
    {
        var contacts = world.AddContacts(3);
        var invalid = world.AddContact(("LAST_NAME", ""));
        world.AddDeal(contacts[0]);
        world.SyncContacts();
        world.SyncDeals();
        var clients = world.Crms.Otmechalka.Store.ClientCount;
        foreach (var row in Entities().ToList())
        {
            Replace(row, hash => Fingerprints.KeyedBy("another key").Of("of " + hash));
        }

        world.Time.Advance(TimeSpan.FromDays(2));
        var (first, second, deals) = (world.SyncContacts(), world.SyncContacts(), world.SyncDeals());

        Assert.Equal((0, 3, 1, 0), (first.Created, first.Updated, first.Failed, first.StatusesWritten));
        Assert.Equal((0, 0), (second.OtmechalkaRequests, second.StatusesWritten));
        Assert.Equal((0, 0), (deals.OtmechalkaRequests, deals.StatusesWritten));
        Assert.Equal(clients, world.Crms.Otmechalka.Store.ClientCount);
        Assert.NotEqual("Успешно", world.ContactStatus(invalid));
    }

    private IEnumerable<TableEntity> Entities() => world.Table.Entities.Where(row => row.RowKey[0] is 'p' or 'r');

    // As the version before stored it: a plain hash of the body that was sent, and one of the status text.
    private void Unkey(IReadOnlyCollection<long> contacts, long deal)
    {
        var keys = Fingerprints.KeyedBy(world.Crms.ApiKey);
        var bodies = world.Sent("POST clients").Concat(world.Sent("POST tickets")).Select(body => Plain(body, 32));
        var statuses = contacts.Select(world.ContactStatus).Append(world.DealStatus(deal)).Select(status => Plain(status!, 16));
        var plain = bodies.Concat(statuses).Distinct().ToDictionary(keys.Of);
        foreach (var row in Entities().ToList())
        {
            Replace(row, hash => plain[hash]);
        }
    }

    private static string Plain(string text, int digits) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];

    private void Replace(TableEntity row, Func<string, string> change)
    {
        var copy = new TableEntity(row);
        foreach (var column in Columns.Where(column => row.GetString(column) is not null))
        {
            copy[column] = change(row.GetString(column));
        }

        world.Table.UpdateEntityAsync(copy, Azure.ETag.All, TableUpdateMode.Replace).GetAwaiter().GetResult();
    }
}
