using B24Otmechalka.Core.Bitrix24;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

/// <summary>What an error means is decided on its code, then on its status (docs/bitrix24.md, sections 2 and 13).</summary>
public sealed class Bitrix24ErrorTests
{
    public static TheoryData<string> RefusalCodes => [.. PortalRefusals.Codes.Where(code => code != "ACCESS_DENIED")];

    [Theory]
    [MemberData(nameof(RefusalCodes))]
    public void Kind_CodeOfARefusal_IsOneWithAnyStatusAndInAnyCase(string code)
    {
        foreach (var status in new[] { 0, 200, 400, 401, 402, 403, 404, 410, 429, 500, 503 })
        {
            Assert.Equal(Bitrix24ErrorKind.Authorization, new Bitrix24Error(code, "", status).Kind);
            Assert.Equal(Bitrix24ErrorKind.Authorization, new Bitrix24Error(code.ToUpperInvariant(), "x", status).Kind);
            Assert.NotNull(PortalRefusals.In(Bitrix24Client.Refused("crm.contact.list", new Bitrix24Error(code, "", status)).Code));
        }
    }

    [Theory]
    [InlineData("", "Not found", 400, true)]
    [InlineData("", "not found.", 400, true)]
    [InlineData("", " Contact is not found ", 400, true)]
    [InlineData("", "CONTACT IS NOT FOUND.", 0, true)]
    [InlineData("NOT_FOUND", "", 400, true)]
    [InlineData("error_not_found", "The entity with ID '5' is not found", 404, true)]
    [InlineData("", "Application not found", 400, false)]
    [InlineData("", "Method not found!", 404, false)]
    [InlineData("ERROR_METHOD_NOT_FOUND", "Method not found!", 404, false)]
    [InlineData("NOT_FOUND", "Application not found", 400, false)]
    [InlineData("", "The file is not found on the server", 400, false)]
    [InlineData("ERROR_CORE", "Not found", 400, false)]
    [InlineData("", "Not found", 401, false)]
    [InlineData("", "Not found", 503, false)]
    public void IsNotFound_OnlyItsDocumentedSpellings(string code, string description, int status, bool expected) =>
        Assert.Equal(expected, new Bitrix24Error(code, description, status).IsNotFound);

    [Theory]
    [InlineData("", "Access denied.", 400, true)]
    [InlineData("", "access denied", 0, true)]
    [InlineData("ACCESS_DENIED", "", 400, true)]
    [InlineData("", "Access denied by the gateway's policy 17", 400, false)]
    [InlineData("ERROR_CORE", "Access denied.", 400, false)]
    public void IsAccessDenied_WithAndWithoutACode(string code, string description, int status, bool expected) =>
        Assert.Equal(expected, new Bitrix24Error(code, description, status).IsAccessDenied);

    [Theory]
    [InlineData("ERROR_CORE", 400, "ERROR_CORE")]
    [InlineData("expired_token", 401, "expired_token")]
    [InlineData("100", 400, "100")]
    [InlineData("", 400, "HTTP 400")]
    [InlineData("", 0, "refused without a code")]
    [InlineData("Invalid parameters.", 400, "HTTP 400")]
    [InlineData("error", 0, "refused without a code")]
    [InlineData("s3cr3tt0k3n", 400, "HTTP 400")]
    [InlineData("Петров", 400, "HTTP 400")]
    public void SafeCode_IsACodeOrSaysSomethingToAPerson(string code, int status, string expected) =>
        Assert.Equal(expected, new Bitrix24Error(code, "", status).SafeCode);

    [Fact]
    public void SafeCode_AWebhooksToken_IsNeverShown() =>
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"]
            .Array[8, 32]
            .Select(letters => new string(letters))
            .Sample(token => Assert.DoesNotContain(token, new Bitrix24Error(token, "", 400).SafeCode, StringComparison.Ordinal));
}
