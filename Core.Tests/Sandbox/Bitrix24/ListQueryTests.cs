using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Listing;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

/// <summary>Whatever index a page comes from, it is the page that scanning and sorting everything would give.</summary>
public sealed class ListQueryTests
{
    private static readonly string[] Orders =
    [
        "ID ASC",
        "ID DESC",
        "DATE_MODIFY ASC",
        "DATE_MODIFY DESC",
        "DATE_MODIFY DESC,ID DESC",
        "DATE_MODIFY ASC,ID DESC",
        "DATE_CREATE ASC",
        "NAME DESC,ID ASC",
    ];

    private static readonly Gen<(string Key, long Value)> GenCondition = Gen.Select(
        OneOf(">ID", "<=ID", "ID", "!ID", ">=DATE_MODIFY", "<DATE_MODIFY", "DATE_MODIFY", ">DATE_CREATE", "NAME"),
        Gen.Long[0, 400]
    );

    [Fact]
    public void Run_AnyFilterOrderAndPage_EqualsAScan()
    {
        var table = Fill();
        Gen.Select(GenCondition.Array[0, 3], OneOf(Orders), OneOf(-1L, 0L, 50L, 300L))
            .Sample(
                (conditions, order, start) =>
                {
                    var filter = new PhpArray();
                    foreach (var (key, value) in conditions)
                    {
                        filter[key] = Operand(key, value);
                    }

                    var parsed = FilterParser.Parse(filter, table.Schema, TimeSpan.Zero);
                    var sort = new SortOrder(ReadOrder(order), table.Schema);
                    var expected = table
                        .ById.Range(0, table.ById.Count)
                        .Where(row => parsed.All(condition => condition.Matches(row)))
                        .ToList();
                    expected.Sort(sort);

                    var page = new ListQuery(table, parsed, sort, PageStart.Legacy(start), pastEndIsFirst: false).Run();

                    var same = page.Rows.SequenceEqual(expected.Skip((int)Math.Max(0, start)).Take(50));
                    return same
                        && page.Total == (start < 0 ? 0 : expected.Count)
                        && (page.Next is null) == (start < 0 || start + 50 >= expected.Count);
                },
                iter: 1000
            );
    }

    /// <summary>A table whose rows were added in disorder, moved and partly removed, so that the indexes' chunks split.</summary>
    private static RecordTable Fill()
    {
        var table = new RecordTable(new EntitySchema("CRM_CONTACT", BuiltInFields.OfContact()));
        var random = new Random(7);
        for (var number = 0; number < 5000; number++)
        {
            var record = new CrmRecord(number * 7919L % 5003, random.Next(300), random.Next(300));
            record.Set(table.Schema, table.Schema.Get("NAME"), random.Next(5).ToString(CultureInfo.InvariantCulture));
            table.Add(record);
        }

        foreach (var record in table.ById.Range(0, 5000).ToList())
        {
            if (random.Next(2) == 0)
            {
                table.Move(record, random.Next(400));
            }
            else if (random.Next(8) > 0)
            {
                table.Remove(record);
            }
        }

        return table;
    }

    private static string Operand(string key, long value)
    {
        if (key.Contains("DATE", StringComparison.Ordinal))
        {
            return DateTimeOffset.FromUnixTimeSeconds(value).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        }

        var number = key.EndsWith("ID", StringComparison.Ordinal) ? value * 13 : value % 5;
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static PhpArray ReadOrder(string order)
    {
        var read = new PhpArray();
        foreach (var key in order.Split(','))
        {
            read[key.Split(' ')[0]] = key.Split(' ')[1];
        }

        return read;
    }
}
