using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Mapping;

/// <summary>A status text taken apart again.</summary>
public sealed class StatusProblemsTests
{
    private static readonly string[] Missing = [ContactTexts.Phone, ContactTexts.StudentLastName, DealTexts.Product, DealTexts.SellingDate];
    private static readonly string[] Wrong =
    [
        ContactTexts.WrongPhone,
        ContactTexts.WrongEmail,
        DealTexts.PriceSum,
        DealTexts.SeveralBranches,
    ];

    [Fact]
    public void In_WhateverIsWrong_AreTheProblemsOneByOne() =>
        (
            from missing in Gen.Shuffle(Missing)
            from wrong in Gen.Shuffle(Wrong)
            from m in Gen.Int[0, 2]
            from w in Gen.Int[0, 2]
            select (missing[..m], wrong[..w])
        ).Sample(
            lists =>
            {
                var problems = new ProblemList();
                Array.ForEach(lists.Item1, problems.Missing);
                Array.ForEach(lists.Item2, problems.Wrong);

                Assert.Equal(
                    [.. lists.Item1.Select(field => "Не заполнено: " + field), .. lists.Item2.Select(text => "Неверно: " + text)],
                    StatusProblems.In(problems.ToString())
                );
            },
            iter: 300
        );

    [Theory]
    [InlineData("Успешно")]
    [InlineData("")]
    [InlineData("Отмечалка не приняла: телефон, фамилия; имя")]
    public void In_AnotherStatus_AreNone(string status) => Assert.Empty(StatusProblems.In(status));
}
