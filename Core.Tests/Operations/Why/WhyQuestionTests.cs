using B24Otmechalka.Core.Operations.Why;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Operations.Why;

/// <summary>What an operator may type to find a pupil.</summary>
public sealed class WhyQuestionTests
{
    [Theory]
    [InlineData("40011", null, "40011")]
    [InlineData(" 0040011 ", null, "40011")]
    [InlineData("№40011", null, "40011")]
    [InlineData("contact 40011", "contact", "40011")]
    [InlineData("Контакт №40011", "contact", "40011")]
    [InlineData("сделка 96313", "deal", "96313")]
    [InlineData("DEAL 96313", "deal", "96313")]
    [InlineData("deal_96313", "deal", "96313")]
    [InlineData("https://example.bitrix24.ru/crm/contact/details/40011/", "contact", "40011")]
    [InlineData("https://example.bitrix24.ru/crm/deal/details/96313/?IFRAME=Y", "deal", "96313")]
    [InlineData("https://example.bitrix24.ru/crm/deal/show/96313/", "deal", "96313")]
    [InlineData("/crm/contact/details/40011/", "contact", "40011")]
    public void Read_IdOrAddress_IsThatCard(string text, string? entity, string id)
    {
        var question = WhyQuestion.Read(text);

        Assert.Equal((entity, id, null), (question.Entity, question.Id, question.Phone));
        Assert.Equal(text.StartsWith("https", StringComparison.Ordinal) ? "example.bitrix24.ru" : null, question.Portal);
    }

    [Theory]
    [InlineData("8 (926) 555-01-26")]
    [InlineData("+7 926 555 01 26")]
    [InlineData("89265550126")]
    [InlineData("9265550126")]
    [InlineData("8-926-555-01-26 доб. 12")]
    public void Read_Phone_IsItsInternationalNumber(string text) => Assert.Equal("79265550126", WhyQuestion.Read(text).Phone);

    [Theory]
    [InlineData("555-01-26")]
    [InlineData("(926) 555")]
    public void Read_PartOfAPhone_IsKnownAsOne(string text) => Assert.True(WhyQuestion.Read(text).IsPartOfPhone);

    [Theory]
    [InlineData("Патов", "Патов")]
    [InlineData("  Патов   Игнат ", "Патов|Игнат")]
    [InlineData("«Патов», Игнат!", "Патов|Игнат")]
    [InlineData("Римская-Корсакова Ия", "Римская-Корсакова|Ия")]
    [InlineData("П%тов_", "П|тов")]
    [InlineData("Пат\u200bов", "Патов")]
    [InlineData("Патов патов", "Патов")]
    [InlineData("а б в где ж з", "где|а|б|в")]
    public void Read_Name_IsItsWordsTheLongestFirst(string text, string words) =>
        Assert.Equal(words.Split('|').ToHashSet(), WhyQuestion.Read(text).Words.ToHashSet());

    [Theory]
    [InlineData("")]
    [InlineData("а")]
    [InlineData("а б")]
    [InlineData("%%")]
    [InlineData("?!")]
    [InlineData("000")]
    public void Read_NothingToSearchBy_IsTooShort(string text) => Assert.True(WhyQuestion.Read(text).IsTooShort);

    [Theory]
    [InlineData("Gfnjd", "Патов")]
    [InlineData("Gfnjd Buyfn", "Патов Игнат")]
    [InlineData(";thndbyf", "жертвина")]
    public void InRussianLayout_EnglishLetters_AreTheKeysOfTheRussianOnes(string text, string russian) =>
        Assert.Equal(russian, WhyQuestion.Read(text).InRussianLayout()?.Text);

    [Theory]
    [InlineData("Патов")]
    [InlineData("Müller")]
    [InlineData("40011")]
    public void InRussianLayout_OtherTexts_AreNone(string text) => Assert.Null(WhyQuestion.Read(text).InRussianLayout());

    [Fact]
    public void Read_WhateverIsTyped_IsOneLineAndSearchesByNoWildcard() =>
        Gen.String.Sample(
            text =>
            {
                var question = WhyQuestion.Read(text);

                Assert.DoesNotContain(question.Text, char.IsControl);
                Assert.All(question.Words, word => Assert.DoesNotContain(word, character => character is '%' or '_' or '[' or ' '));
                Assert.InRange(question.Words.Count, 0, 4);
            },
            iter: 2_000
        );

    [Fact]
    public void PhoneNotations_OfARussianNumber_AllMeanIt() =>
        Gen.Int[0, 999_999_999]
            .Sample(
                rest =>
                {
                    var digits = "79" + rest.ToString("000000000", System.Globalization.CultureInfo.InvariantCulture);
                    var notations = PhoneNotations.Of(digits, "+" + digits);

                    Assert.Equal(notations.Count, notations.Distinct().Count());
                    Assert.InRange(notations.Count, 20, 45); // one request holds fifty commands
                    Assert.All(notations, notation => Assert.Equal(digits, string.Concat("7", Last10(notation))));
                },
                iter: 200
            );

    private static string Last10(string notation) => string.Concat(notation.Where(char.IsAsciiDigit))[^10..];
}
