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

    [Theory]
    [InlineData("", 401, Bitrix24ErrorKind.Authorization)]
    [InlineData("ERROR_CORE", 402, Bitrix24ErrorKind.Authorization)]
    [InlineData("ACCESS_DENIED", 403, Bitrix24ErrorKind.Authorization)]
    [InlineData("ACCESS_DENIED", 400, Bitrix24ErrorKind.Refused)]
    [InlineData("query_limit_exceeded", 200, Bitrix24ErrorKind.RateLimit)]
    [InlineData("", 429, Bitrix24ErrorKind.RateLimit)]
    [InlineData("OPERATION_TIME_LIMIT", 429, Bitrix24ErrorKind.OperatingLimit)]
    [InlineData("INTERNAL_SERVER_ERROR", 200, Bitrix24ErrorKind.Server)]
    [InlineData("ERROR_UNEXPECTED_ANSWER", 400, Bitrix24ErrorKind.Server)]
    [InlineData("", 408, Bitrix24ErrorKind.Server)]
    [InlineData("", 500, Bitrix24ErrorKind.Server)]
    [InlineData("", 599, Bitrix24ErrorKind.Server)]
    [InlineData("", 499, Bitrix24ErrorKind.Refused)]
    [InlineData("ERROR_CORE", 400, Bitrix24ErrorKind.Refused)]
    internal void Kind_ByTheCodeThenByTheStatus(string code, int status, Bitrix24ErrorKind expected) =>
        Assert.Equal(expected, new Bitrix24Error(code, "", status).Kind);

    [Fact]
    public void SafeCode_WithoutACodeThatMayBeShown_SaysWhatIsKnown()
    {
        Assert.Equal("ACCESS_DENIED", new Bitrix24Error("", "Access denied.", 400).SafeCode);
        Assert.Equal("NOT_FOUND", new Bitrix24Error("", "Not found", 400).SafeCode);
        Assert.Equal("NO_ANSWER", Bitrix24Error.NoAnswer.SafeCode);
        Assert.Equal("UNEXPECTED_ANSWER", Bitrix24Error.OddAnswer.SafeCode);
        Assert.Empty(Bitrix24Error.NoAnswer.Description + Bitrix24Error.OddAnswer.Description);
    }

    [Theory]
    [InlineData("ERROR_METHOD_NOT_FOUND", true)]
    [InlineData("error_method_not_found", true)]
    [InlineData("NOT_FOUND", false)]
    [InlineData("", false)]
    public void IsMethodUnknown_ByItsCode(string code, bool expected) =>
        Assert.Equal(expected, new Bitrix24Error(code, "Method not found!", 404).IsMethodUnknown);

    [Theory]
    [InlineData("""{"error":"ERROR_CORE","error_description":"Сбой"}""", "ERROR_CORE", "Сбой")]
    [InlineData("""{"error":100}""", "100", "")]
    [InlineData("""{"error":{"code":"NOT_FOUND","message":"Нет такого"}}""", "NOT_FOUND", "Нет такого")]
    [InlineData("""{"error":{}}""", "", "")]
    [InlineData("""{"error":" "}""", "", "")]
    public void Read_AnErrorInEitherForm_GivesItsCodeAndWords(string json, string code, string description)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);

        Assert.Equal(new Bitrix24Error(code, description, 400), Bitrix24Error.Read(document.RootElement, 400));
    }

    [Theory]
    [InlineData("""{"result":true}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":false}""")]
    [InlineData("""{"error":[]}""")]
    public void Read_NoError_IsNone(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);

        Assert.Null(Bitrix24Error.Read(document.RootElement, 200));
    }

    [Fact]
    public void SafeCode_AWebhooksToken_IsNeverShown() =>
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"]
            .Array[8, 32]
            .Select(letters => new string(letters))
            .Sample(token => Assert.DoesNotContain(token, new Bitrix24Error(token, "", 400).SafeCode, StringComparison.Ordinal));
}
