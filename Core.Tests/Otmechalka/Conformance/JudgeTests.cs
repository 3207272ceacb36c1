using B24Otmechalka.Core.Otmechalka.Conformance;
using Xunit;

namespace B24Otmechalka.Core.Tests.Otmechalka.Conformance;

public sealed class JudgeTests
{
    private const string Ours = "b24sync-test-1";

    [Theory]
    [InlineData(200, """{"id":7001,"origin_id":"b24sync-test-1"}""", null)]
    [InlineData(201, """{"id":"7001"}""", null)]
    [InlineData(200, """{"id":7001,"origin_id":"39558"}""", "otherRecord")]
    [InlineData(200, """{"id":7001,"origin_id":null}""", "noObject")]
    [InlineData(200, """{"origin_id":"b24sync-test-1"}""", "noObject")]
    [InlineData(200, "{}", "noObject")]
    [InlineData(200, "[]", "noObject")]
    [InlineData(200, "", "noObject")]
    [InlineData(200, "ok", "successIsPage")]
    [InlineData(200, "<html>", "successIsPage")]
    [InlineData(202, """{"id":7001}""", "otherSuccess")]
    [InlineData(204, "", "otherSuccess")]
    [InlineData(301, "", "redirect")]
    [InlineData(400, "{}", "goodRefused")]
    [InlineData(401, "{}", "noRights")]
    [InlineData(403, "{}", "noRights")]
    [InlineData(404, "{}", "noSuchAddress")]
    [InlineData(405, "{}", "noSuchAddress")]
    [InlineData(429, "{}", "noAnswer")]
    [InlineData(503, "{}", "noAnswer")]
    [InlineData(500, "{}", "goodFails")]
    [InlineData(0, "", "noAnswer")]
    public void OfSuccess_AnAnswer_IsItsDeviation(int status, string body, string? code) =>
        Assert.Equal(code, Judge.OfSuccess(Answer(status, body), Ours)?.Code);

    [Theory]
    [InlineData(404, """{"detail":"Нет."}""", null)]
    [InlineData(404, "<html>", "absentIsPage")]
    [InlineData(200, "{}", "absentIsSuccess")]
    [InlineData(200, "null", "absentIsSuccess")]
    [InlineData(204, "", "absentIsSuccess")]
    [InlineData(200, """{"id":1}""", "otherRecord")]
    [InlineData(302, "", "redirect")]
    [InlineData(401, "{}", "keyRefused")]
    [InlineData(400, "{}", "absentIsRefused")]
    [InlineData(500, "{}", "goodFails")]
    public void OfAbsence_AnAnswer_IsItsDeviation(int status, string body, string? code) =>
        Assert.Equal(code, Judge.OfAbsence(Answer(status, body))?.Code);

    [Theory]
    [InlineData(401, "{}", null)]
    [InlineData(403, "{}", null)]
    [InlineData(401, "нет", "errorIsPage")]
    [InlineData(200, "{}", "keyIgnored")]
    [InlineData(404, "{}", "keyIgnored")]
    [InlineData(302, "", "keyOtherwise")]
    [InlineData(503, "", "keyOtherwise")]
    [InlineData(400, "{}", "keyAsRecord")]
    [InlineData(500, "{}", "keyAsRecord")]
    public void OfStranger_AnAnswer_IsItsDeviation(int status, string body, string? code) =>
        Assert.Equal(code, Judge.OfStranger(Answer(status, body))?.Code);

    [Theory]
    [InlineData(400, """{"phone":["Введите телефон."]}""", null)]
    [InlineData(422, """{"phone":["Введите телефон."]}""", "errorOtherStatus")]
    [InlineData(400, """{"phone":"Введите телефон."}""", "errorOtherForm")]
    [InlineData(400, """{"errors":[{"field":"phone","message":"Введите телефон."}]}""", "errorOtherForm")]
    [InlineData(400, """{"detail":"Поле phone неверно."}""", "errorOtherForm")]
    [InlineData(400, """{"detail":"Что-то не так."}""", "errorUnnamed")]
    [InlineData(400, """{"email":["Введите адрес."]}""", "errorUnnamed")]
    [InlineData(400, "Что-то не так.", "errorIsPage")]
    [InlineData(400, "<title>Что-то не так</title>", "errorIsPage")]
    [InlineData(400, "", "errorSilent")]
    [InlineData(400, "{}", "errorSilent")]
    [InlineData(200, """{"id":1}""", "malformedTaken")]
    [InlineData(200, """{"phone":["Введите телефон."]}""", "errorIsSuccess")]
    [InlineData(204, "", "errorIsSuccess")]
    [InlineData(302, "", "redirect")]
    [InlineData(403, "{}", "errorIsKey")]
    [InlineData(404, "{}", "errorIs404")]
    [InlineData(500, "{}", "errorIs500")]
    [InlineData(502, "{}", "errorIsOutage")]
    [InlineData(0, "", "errorIsOutage")]
    public void OfRefusal_AnAnswer_IsItsDeviation(int status, string body, string? code) =>
        Assert.Equal(code, Judge.OfRefusal(Answer(status, body), Ours, "phone", Deviations.MalformedTaken)?.Code);

    private static Exchange Answer(int status, string body) =>
        new(new Question(HttpMethod.Get, "api/clients/1/") { Key = "Token key" }, status, status == 0 ? "timeout" : null) { Body = body };
}
