using System.Globalization;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The counts that docs/cost.md computes with, measured on a school of 5,000 students.</summary>
public sealed class CostTests
{
    private const int Students = 5_000;

    [Fact]
    public void School_OfFiveThousand_CostsWhatTheDocumentSays()
    {
        var world = World.Empty();
        world.Portal.SetUser(new PortalUser(Bitrix24Portal.PersonId, "Андрей", "Сергеев", true));
        for (var student = 0; student < Students; student++)
        {
            AddContact(world, student);
        }

        var load = Until(world, SyncJob.Contacts);
        Until(world, SyncJob.Deals);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        var settled = Once(world, SyncJob.Contacts);

        world.Contacts.Edit(world.Contacts.Ids[17], [new("NAME", "Пётр")]);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        var change = Until(world, SyncJob.Contacts);

        AddDeal(world, world.Contacts.Ids[18]);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        var sale = Until(world, SyncJob.Deals);

        Assert.Equal(Students, world.Crms.Otmechalka.Store.Clients.Count);
        AssertDocumented("load", load);
        AssertDocumented("settled", settled);
        AssertDocumented("change", change);
        AssertDocumented("sale", sale);
    }

    private static void AssertDocumented(string what, Counts measured)
    {
        var row = Regex.Match(
            Repository.Read("docs", "cost.md"),
            $@"^\| `{what}`[^|]*\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|",
            RegexOptions.Multiline
        );
        var documented = row
            .Groups.Values.Skip(1)
            .Select(cell => int.Parse(cell.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

        Assert.True(row.Success, $"docs/cost.md has no row `{what}`.");
        Assert.All(
            documented.Zip([measured.Bitrix24, measured.Otmechalka, measured.Storage]),
            pair => Assert.InRange(pair.Second, pair.First / 2, pair.First)
        );
    }

    private static Counts Until(World world, SyncJob job)
    {
        var sum = new Counts();
        Counts counts;
        do
        {
            counts = Once(world, job);
            sum += counts;
            world.Time.Advance(TimeSpan.FromMinutes(5));
        } while (counts.Read > 0 && sum.Runs < 100);
        return sum;
    }

    private static Counts Once(World world, SyncJob job)
    {
        world.Table.Calls = 0;
        var report = world.Sync(job);
        return new Counts(1, report.Read, report.Bitrix24Requests, report.OtmechalkaRequests, world.Table.Calls, report.DurationSeconds);
    }

    private static void AddContact(World world, int student)
    {
        var at = World.Start - TimeSpan.FromDays(1) + TimeSpan.FromSeconds(student);
        world.Contacts.Add(
            [
                new("NAME", "Иван"),
                new("LAST_NAME", "Петров"),
                new("UF_CRM_57AD7FAF7E6C4", "Петров"),
                new("UF_CRM_1608028374", "Василий"),
                new("UF_CRM_58D15BB9CA8F4", PhpArray.List([410L])),
                new("PHONE", "8926" + student.ToString("D7", CultureInfo.InvariantCulture)),
            ],
            created: at,
            modified: at
        );
    }

    private static void AddDeal(World world, long contact)
    {
        var id = world.Deals.Add([
            new("STAGE_ID", "WON"),
            new("CONTACT_ID", contact.ToString(CultureInfo.InvariantCulture)),
            new("UF_CRM_58D1057919A6F", "2020-12-13T03:00:00+03:00"),
            new("UF_CRM_1470852549", PhpArray.List([186L])),
            new("UF_CRM_1490347942", "450"),
        ]);
        world.Portal.ImportProductRows(id, new ProductRow(" 6 КМС индивидуальные 45 мин", 8700, 9000, 300));
    }

    private sealed record Counts(int Runs = 0, int Read = 0, int Bitrix24 = 0, int Otmechalka = 0, int Storage = 0, double Seconds = 0)
    {
        public static Counts operator +(Counts left, Counts right) =>
            new(
                left.Runs + right.Runs,
                left.Read + right.Read,
                left.Bitrix24 + right.Bitrix24,
                left.Otmechalka + right.Otmechalka,
                left.Storage + right.Storage,
                left.Seconds + right.Seconds
            );
    }
}
