using B24Otmechalka.Core.Mapping;
using Xunit;

namespace B24Otmechalka.Core.Tests.Mapping;

public sealed class FieldFormatsTests
{
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
    [InlineData("iv\u3164an@example.com")]
    [InlineData("iv\u00ADan@example.com")]
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
