using B24Otmechalka.Core.Language;
using Xunit;

namespace B24Otmechalka.Core.Tests.Language;

public sealed class PluralFormatTests
{
    [Theory]
    [InlineData("контакт", 1, 21, 31, 101, 1001)]
    [InlineData("контакта", 2, 3, 4, 22, 34, 102, 1003)]
    [InlineData("контактов", 0, 5, 9, 10, 11, 12, 13, 14, 19, 20, 25, 100, 111, 112, 1000, 1011, 5000)]
    public void Format_ThreeForms_AreRussian(string expected, params int[] numbers) =>
        Assert.All(numbers, number => Assert.Equal($"{number} {expected}", Text("{0} {0:n=контакт|контакта|контактов}", number)));

    [Theory]
    [InlineData("contact", 1)]
    [InlineData("contacts", 0, 2, 5, 11, 21, 101)]
    public void Format_TwoForms_AreEnglish(string expected, params int[] numbers) =>
        Assert.All(numbers, number => Assert.Equal($"{number} {expected}", Text("{0} {0:n=contact|contacts}", number)));

    [Fact]
    public void Format_OtherValues_AreInvariant() =>
        Assert.Equal(
            "0.3 00:01:05 a  2020",
            Text("{0:0.0} {1} {2} {3} {4:yyyy}", 0.34, TimeSpan.FromSeconds(65), "a", null, new DateTime(2020, 1, 1))
        );

    private static string Text(string text, params object?[] values) => string.Format(PluralFormat.Instance, text, values);
}
