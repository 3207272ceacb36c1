using B24Otmechalka.Core.Cards;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cards;

public sealed class FieldFormatsTests
{
    [Theory]
    [InlineData("8 (926) 123-45-67")]
    [InlineData("+7 (926) 1234567")]
    [InlineData("+7 926 123-45-67")]
    [InlineData("7 926 123 45 67")]
    [InlineData("79261234567")]
    [InlineData("89261234567")]
    [InlineData("8-926-123-45-67")]
    [InlineData("8.926.123.45.67")]
    [InlineData("9261234567")]
    [InlineData("926 123-45-67")]
    [InlineData("(926)1234567")]
    [InlineData("+7(926)123-45-67")]
    [InlineData("8\u00a0926\u00a0123\u201345\u201367")] // no-break spaces and dashes
    [InlineData("tel:+7-926-123-45-67")]
    [InlineData("8 926 123-45-67 доб. 12")]
    [InlineData("810 7 926 123 45 67")] // dialled from abroad by Russian habit
    public void Phone_AnyRussianNotation_IsTheInternationalNumber(string typed) => Assert.Equal("79261234567", FieldFormats.Phone(typed));

    [Theory]
    [InlineData("8 (495) 123-45-67", "74951234567")]
    [InlineData("+49 30 1234567", "49301234567")]
    [InlineData("+375 29 123-45-67", "375291234567")]
    [InlineData("+380 50 123 45 67", "380501234567")]
    [InlineData("+7 701 123 45 67", "77011234567")] // Kazakhstan
    [InlineData("810 49 30 1234567", "49301234567")]
    public void Phone_OtherNetworksAndCountries_AreTaken(string typed, string expected) => Assert.Equal(expected, FieldFormats.Phone(typed));

    [Theory]
    [InlineData("нет")]
    [InlineData("123")]
    [InlineData("8926123456")] // a digit too few
    [InlineData("892612345678")] // one too many
    [InlineData("+7 926 123")]
    [InlineData("+999 123 456 789")]
    [InlineData("-")]
    [InlineData("мама 89261234567 папа 89031234567")]
    [InlineData("89261234567, 89031234567")]
    [InlineData("+7 926 123-45-67 +7 903 123-45-67")]
    public void Phone_NotOneNumber_IsNone(string typed) => Assert.Null(FieldFormats.Phone(typed));

    [Theory]
    [InlineData("ivan@example.com")]
    [InlineData("ivan.petrov+chess@mail.example.co.uk")]
    [InlineData("IVAN_1@Example.COM")]
    [InlineData("i-p@xn--e1afmkfd.xn--p1ai")]
    [InlineData("иван@пример.рф")]
    [InlineData("o'neil@example.ru")]
    public void Email_Address_IsTakenAsItIs(string typed) => Assert.Equal(typed, FieldFormats.Email(typed));

    [Theory]
    [InlineData("ivan")]
    [InlineData("ivan@")]
    [InlineData("@example.com")]
    [InlineData("ivan@example")]
    [InlineData("ivan@@example.com")]
    [InlineData("ivan@example..com")]
    [InlineData("ivan@example.com.")]
    [InlineData("ivan@.example.com")]
    [InlineData("ivan petrov@example.com")]
    [InlineData("ivan@exam ple.com")]
    [InlineData("Иван <ivan@example.com>")]
    [InlineData("ivan@example.com, anna@example.com")]
    [InlineData("ivan@example.com anna@example.com")]
    [InlineData("ivan@example.com;anna@example.com")]
    [InlineData("mailto:ivan@example.com,")]
    [InlineData("ivan@[127.0.0.1]")]
    [InlineData("нет")]
    [InlineData("ivan\u00a0petrov@example.com")]
    [InlineData("\u200bivan@example.com")]
    [InlineData("ivan\u202e@example.com")]
    public void Email_NotOneAddress_IsNone(string typed) => Assert.Null(FieldFormats.Email(typed));

    [Theory]
    [InlineData("2009-11-29")]
    [InlineData("2009-11-29T00:00:00+03:00")]
    [InlineData("2009-11-29T03:00:00+03:00")]
    [InlineData("2009-11-29T23:59:59-12:00")]
    [InlineData("2009-11-29T00:00:00+14:00")]
    [InlineData("2009-11-29T00:00:00Z")]
    [InlineData("2009-11-29T00:00:00.000Z")]
    [InlineData("2009-11-29 12:30")]
    [InlineData("2009-11-29T12:30:00")]
    [InlineData("2009-11-29T12:30:00+0300")]
    public void Date_WithAnyOrNoOffset_IsTheDateAsWritten(string written) => Assert.Equal("2009-11-29", FieldFormats.Date(written));

    [Theory]
    [InlineData("2012-02-29", "2012-02-29")]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("2100-12-31T00:00:00+03:00", "2100-12-31")]
    public void Date_AtTheEdges_IsTaken(string written, string expected) => Assert.Equal(expected, FieldFormats.Date(written));

    [Theory]
    [InlineData("2012-02-30")]
    [InlineData("2013-02-29")]
    [InlineData("2012-13-01")]
    [InlineData("2012-00-10")]
    [InlineData("0000-00-00")]
    [InlineData("29.11.2009")]
    [InlineData("2009-11-9")]
    [InlineData("2009-11-29T25:00:00+03:00")]
    [InlineData("2009-11-29T12:60:00+03:00")]
    [InlineData("2009-11-29 и")]
    [InlineData("٢٠٠٩-١١-٢٩")]
    [InlineData("вчера")]
    public void Date_NoSuchDate_IsNone(string written) => Assert.Null(FieldFormats.Date(written));
}
