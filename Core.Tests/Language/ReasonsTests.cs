using System.Globalization;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Language;

/// <summary>No code reaches a person alone: each becomes a sentence, in both languages.</summary>
public sealed class ReasonsTests
{
    [Theory]
    [InlineData("format", "см. статус в карточке")]
    [InlineData("no client", "посетителя ещё нет в отмечалке")]
    [InlineData("cancelled", "прервали раньше, чем пришёл ответ")]
    [InlineData("timeout", "ответа не дождались")]
    [InlineData("connection", "нет соединения")]
    [InlineData("name not resolved", "такого адреса в сети нет")]
    [InlineData("TLS", "не удалось защищённое соединение")]
    [InlineData("an answer that is too large", "ответ слишком велик")]
    [InlineData("an answer that is not JSON", "вместо ответа API пришла страница")]
    [InlineData("a success without the object", "«успешно», но без самого посетителя или абонемента")]
    [InlineData("HTTP 404 on creating", "по этому адресу отмечалка ничего не создаёт (HTTP 404)")]
    [InlineData("HTTP 400", "данные не приняты (HTTP 400)")]
    [InlineData("HTTP 401", "ключ не принят (HTTP 401)")]
    [InlineData("HTTP 402", "не оплачено (HTTP 402)")]
    [InlineData("HTTP 403", "доступ закрыт (HTTP 403)")]
    [InlineData("HTTP 404", "не найдено (HTTP 404)")]
    [InlineData("HTTP 409", "мешает другая запись (HTTP 409)")]
    [InlineData("HTTP 422", "данные не приняты (HTTP 422)")]
    [InlineData("HTTP 429", "слишком много запросов (HTTP 429)")]
    [InlineData("HTTP 500", "сервер отвечает ошибкой (HTTP 500)")]
    [InlineData("HTTP 302", "адрес ведёт в другое место (HTTP 302)")]
    [InlineData("HTTP 418", "неожиданный ответ (HTTP 418)")]
    [InlineData("status: ACCESS_DENIED", "Битрикс24 не принимает текст статуса (ACCESS_DENIED)")]
    [InlineData("crm.contact.list: ACCESS_DENIED", "вызов crm.contact.list не принят (ACCESS_DENIED)")]
    [InlineData("crm.contact.list: the list ignores its filter", "crm.contact.list отвечает не тем, чем должен")]
    [InlineData("QUERY_LIMIT_EXCEEDED", "код ошибки QUERY_LIMIT_EXCEEDED")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Of_Code_IsASentence(string? code, string expected) => Assert.Equal(expected, InRussian(() => Reasons.Of(code)));

    [Theory]
    [InlineData("Bitrix24", "NO_AUTH_FOUND", "Битрикс24 не принимает вебхук (NO_AUTH_FOUND)")]
    [InlineData("Bitrix24", "batch: expired_token", "Битрикс24 не принимает вебхук (expired_token)")]
    [InlineData("Bitrix24", "insufficient_scope", "вебхуку не хватает прав (insufficient_scope)")]
    [InlineData("Bitrix24", "crm.deal.list: ACCESS_DENIED", "владельцу вебхука не хватает прав в Битрикс24 (ACCESS_DENIED)")]
    [InlineData("Bitrix24", "HTTP 402", "на тарифе портала нет REST, или он кончился (HTTP 402)")]
    [InlineData("Bitrix24", "PORTAL_DELETED", "портал закрыт или удалён (PORTAL_DELETED)")]
    [InlineData("Bitrix24", "OVERLOAD_LIMIT", "Битрикс24 закрыл REST этого портала (OVERLOAD_LIMIT)")]
    [InlineData("Bitrix24", "HTTP 401", "Битрикс24 не принимает вебхук (HTTP 401)")]
    [InlineData(
        "Bitrix24",
        "crm.x.list: ERROR_METHOD_NOT_FOUND",
        "Битрикс24 недоступен: вызов crm.x.list не принят (ERROR_METHOD_NOT_FOUND)"
    )]
    [InlineData("otmechalka", "HTTP 401", "отмечалка не принимает ключ (HTTP 401)")]
    [InlineData("otmechalka", "HTTP 402", "лицензия отмечалки кончилась или не оплачена (HTTP 402)")]
    [InlineData("storage", "AuthenticationFailed", "хранилище отказывает в доступе (AuthenticationFailed)")]
    public void Of_SystemThatRefuses_SaysSoAndNotThatItIsUnavailable(string system, string code, string expected) =>
        Assert.Equal(expected, InRussian(() => Reasons.Of(new UnavailableException(system, code) { IsRefusal = true })));

    [Theory]
    [InlineData("Bitrix24", "timeout", "Битрикс24 недоступен: ответа не дождались")]
    [InlineData("otmechalka", "HTTP 503", "отмечалка недоступна: сервер отвечает ошибкой (HTTP 503)")]
    [InlineData("storage", "connection", "хранилище недоступно: нет соединения")]
    public void Of_SystemThatCannotBeReached_SaysWhichAndWhy(string system, string code, string expected) =>
        Assert.Equal(expected, InRussian(() => Reasons.Of(new UnavailableException(system, code))));

    [Fact]
    public void Of_EachOutcome_HasItsWords()
    {
        var outcomes = Enum.GetValues<RecordOutcome>();

        Assert.Equal(outcomes.Length, outcomes.Select(outcome => Reasons.Of(outcome)).Distinct().Count());
        Assert.Equal(outcomes.Length, outcomes.Select(outcome => InRussian(() => Reasons.Of(outcome))).Distinct().Count());
    }

    [Fact]
    public void Of_InterruptedRun_SaysWhy()
    {
        var report = new RunReport { Job = SyncJob.Deals, Outcome = RunOutcome.Interrupted };

        Assert.Equal("не удалось удержать блокировку", InRussian(() => Reasons.Of(report)));
        Assert.Equal("прервано", InRussian(() => Reasons.Of(report with { IsCancelled = true })));
        Assert.Equal(
            "хранилище недоступно: нет соединения",
            InRussian(() => Reasons.Of(report with { Unavailable = new UnavailableException("storage", "connection") }))
        );
        Assert.Null(Reasons.Of(report with { Outcome = RunOutcome.Completed }));
    }

    private static string? InRussian(Func<string?> text)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ru");
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
