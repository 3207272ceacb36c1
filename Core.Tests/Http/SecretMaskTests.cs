using B24Otmechalka.Core.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Http;

public sealed class SecretMaskTests
{
    private static readonly SecretMask Mask = new(["q7w8/e9+Secret=", "tok3n", "key", "", null]);

    [Theory]
    [InlineData("Ключ q7w8/e9+Secret= неверен", "Ключ *** неверен")]
    [InlineData("Ключ Q7W8/E9+SECRET= неверен", "Ключ *** неверен")]
    [InlineData("aq7w8/e9+Secret=b", "a***b")]
    [InlineData("q7w8/e9+Secret=q7w8/e9+Secret=", "******")]
    [InlineData("?k=q7w8%2Fe9%2bSecret%3D&x=1", "?k=***&x=1")]
    [InlineData("q7w8%252Fe9%252BSecret%253D.", "***.")]
    [InlineData(@"q7w8\/e9+Secret=.", "***.")]
    [InlineData(@"\u00717w8\u002fe9+\u0053ecret=.", "***.")]
    [InlineData(@"\x71" + "7w8/e9+Secret=.", "***.")]
    [InlineData("&#113;7w8&#x2F;e9+Secret&#61;.", "***.")]
    [InlineData("q7w8/\r\n  e9+Sec\u200bret=.", "***.")]
    [InlineData("https://example.bitrix24.ru/rest/1/tok3n/crm", "https://example.bitrix24.ru/rest/1/***/crm")]
    [InlineData("rest%2F1%2FTOK3N%2F", "rest%2F1%2F***%2F")]
    [InlineData("tok3nizer, stok3n, to k3n", "tok3nizer, stok3n, to k3n")]
    [InlineData("the key is wrong", "the key is wrong")]
    [InlineData("100% &# \\u12 %zz &#x; \\", "100% &# \\u12 %zz &#x; \\")]
    [InlineData("", "")]
    public void Apply_AnySpelling_MasksTheSecretAndNothingElse(string text, string expected) => Assert.Equal(expected, Mask.Apply(text));

    [Fact]
    public void Apply_OneSecretIsPartOfAnother_MasksTheLongerOne() =>
        Assert.Equal("***", new SecretMask(["12345678", "0123456789"]).Apply("0123456789"));

    [Fact]
    public void Apply_None_LeavesTheTextAsItIs() => Assert.Equal("q7w8", SecretMask.None.Apply("q7w8"));
}
