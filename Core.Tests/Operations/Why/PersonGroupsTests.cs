using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Operations.Why;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Operations.Why;

/// <summary>Which cards are one pupil.</summary>
public sealed class PersonGroupsTests
{
    private static readonly PersonColumns Person = new()
    {
        Pupil = new NameColumns("LAST", "FIRST"),
        Phone = "PHONE",
        Birthdate = "BIRTH",
    };

    [Theory]
    [InlineData("Патов", "Игнат", "2012-01-02", "", true)] // the birth date
    [InlineData("Патов", "Игнат", "", "8 (926) 555-01-26", true)] // the phone
    [InlineData("ПАТОВ", " игнат", "2012-01-02T00:00:00+03:00", "+79990000000", true)]
    [InlineData("Патов", "Игнат", "2013-01-02", "+79990000000", false)] // a namesake
    [InlineData("Патов", "Пётр", "2012-01-02", "89265550126", false)] // his brother
    [InlineData("Патов", "", "2012-01-02", "89265550126", false)] // nobody is named
    public void Of_AnotherCard_HasAKeyInCommonWhereItIsTheSamePupil(string last, string first, string birth, string phone, bool isSame)
    {
        var keys = PersonKeys.Of(Person, Card("Патов", "Игнат", "2012-01-02", "+79265550126"));

        Assert.Equal(isSame, keys.Intersect(PersonKeys.Of(Person, Card(last, first, birth, phone))).Any());
    }

    [Theory]
    [InlineData("Фёдоров", "федоров")]
    [InlineData(" Римская - Корсакова", "римскаякорсакова")]
    public void Fold_WaysToWriteAName_AreOne(string name, string folded) => Assert.Equal(folded, PersonKeys.Fold(name));

    [Fact]
    public void OfSeveral_WhateverKeys_AreTheConnectedRecords() =>
        Gen.Int[0, 8]
            .Array[0, 3]
            .Array[0, 12]
            .Sample(
                records =>
                {
                    var groups = new PersonGroups();
                    foreach (var (id, keys) in records.Index())
                    {
                        groups.Add($"{id}", [.. keys.Select(key => $"k{key}")]);
                    }

                    var found = groups.OfSeveral().Select(group => string.Join(' ', group.Order(StringComparer.Ordinal))).Order().ToList();
                    Assert.Equal(Connected(records), found);
                },
                iter: 500
            );

    // By following keys until nothing is added.
    private static List<string> Connected(int[][] records)
    {
        var groups = new HashSet<string>();
        for (var i = 0; i < records.Length; i++)
        {
            var group = new HashSet<int> { i };
            var keys = records[i].ToHashSet();
            for (var before = 0; before != group.Count; )
            {
                before = group.Count;
                foreach (var other in Enumerable.Range(0, records.Length).Where(other => records[other].Any(keys.Contains)))
                {
                    group.Add(other);
                    keys.UnionWith(records[other]);
                }
            }

            if (group.Count > 1)
            {
                groups.Add(string.Join(' ', group.Select(id => $"{id}").Order(StringComparer.Ordinal)));
            }
        }

        return [.. groups.Order()];
    }

    private static Card Card(string last, string first, string birth, string phone) =>
        TestCards.Row(
            $$"""
            {"ID":"1","DATE_CREATE":"2020-12-21T00:00:00+03:00","DATE_MODIFY":"2020-12-21T00:00:00+03:00",
             "LAST":"{{last}}","FIRST":"{{first}}","BIRTH":"{{birth}}","PHONE":[{"VALUE":"{{phone}}"}]}
            """
        );
}
