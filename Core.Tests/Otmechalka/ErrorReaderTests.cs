using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;
using Xunit;

namespace B24Otmechalka.Core.Tests.Otmechalka;

public sealed class ErrorReaderTests
{
    [Theory]
    [InlineData("""{"\ud800":["Обязательное поле."],"phone":["Неверный номер."]}""", "Обязательное поле.; телефон: Неверный номер.")]
    [InlineData("""{"errors":{"\udc00":"Занято."}}""", "Занято.")]
    public void ReadLine_AMembersNameIsUnreadable_GivesItsMessage(string body, string expected) =>
        Assert.Equal(expected, ErrorReader.Read(body).Text);

    [Theory]
    [InlineData(
        """{"phone":["Неверный номер.","Занят."],"last_name":["Слишком длинная."]}""",
        "телефон: Неверный номер.; телефон: Занят.; фамилия ученика: Слишком длинная."
    )]
    [InlineData("""{"detail":"Нельзя."}""", "Нельзя.")]
    [InlineData("""{"detail":"Неверно.","errors":{"client":{"phone":{"0":"Занят."}}}}""", "Неверно.; телефон: Занят.")]
    [InlineData(
        """{"errors":{"phone.0":["Занят."],"client.lastName":["Длинная."],"data[ticket_type]":"Нет такого."}}""",
        "телефон: Занят.; фамилия ученика: Длинная.; название товара: Нет такого."
    )]
    [InlineData("""{"courses":[{},{"id":["Нет такого."]}]}""", "продукт: Нет такого.")]
    [InlineData("""[{"field":"selling_branchoffice","message":"Закрыт для продаж."}]""", "филиал: Закрыт для продаж.")]
    [InlineData("""{"detail":[{"loc":["body","phone"],"msg":"field required","type":"value_error.missing"}]}""", "телефон: field required")]
    [InlineData(
        """{"errors":[{"status":"422","code":"x1","source":{"pointer":"/data/attributes/employee"},"detail":"Не найден."}]}""",
        "ответственный: Не найден."
    )]
    [InlineData("""{"errors":[{"attr":"client_origin_id","code":"not_found"}]}""", "контакт сделки: проверьте значение (not_found)")]
    [InlineData("""{"phone":"invalid","email":[""],"success":false}""", "телефон: проверьте значение (invalid)")]
    [InlineData("""{"foo":["Плохо дело."],"limit":5000}""", "foo: Плохо дело.")]
    [InlineData("""["Одно.","Другое.","Одно."]""", "Одно.; Другое.")]
    [InlineData("\"Просто строка.\"", "Просто строка.")]
    [InlineData("Поле ticket_type обязательно", "Поле «название товара» обязательно")]
    [InlineData("Посетитель с телефоном 79261234567 уже есть (поле phone)", "Посетитель с телефоном 79261234567 уже есть (поле «телефон»)")]
    [InlineData("\"phone\" is required", "«телефон» is required")]
    [InlineData("phone: is not valid", "телефон: is not valid")]
    [InlineData("Your phone is not valid, write to phone@example.com", "Your phone is not valid, write to phone@example.com")]
    [InlineData("{'phone': ['Занят.']}", "{телефон: ['Занят.']}")]
    [InlineData("\"{\\\"phone\\\":[\\\"Занят.\\\"]}\"", "телефон: Занят.")]
    [InlineData("""{"detail":"<html><title>Сбой сервера</title></html>"}""", "Сбой сервера")]
    [InlineData("Проверка не прошла: error", "Проверка не прошла")]
    [InlineData("Проверка не прошла :; : Ошибка!", "Проверка не прошла")]
    [InlineData("[Ошибка] Телефон занят", "[Ошибка] Телефон занят")]
    public void Read_AnyForm_IsOneLineInTheManagersWords(string body, string expected) =>
        Assert.Equal(expected, ErrorReader.Read(body).Text);

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[[],{}]")]
    [InlineData("""{"error":null,"ok":false,"phone":[]}""")]
    [InlineData("""{"error":"error"}""")]
    [InlineData("error")]
    [InlineData("Ошибка.")]
    [InlineData("HTTP 400")]
    [InlineData("Error: 400")]
    [InlineData("???")]
    [InlineData("\ufffd\ufffdX\ufffd \ufffd\ufffda\ufffd")]
    [InlineData("""{"detail":" : "}""")]
    [InlineData("""{"phone":["Зан""")]
    [InlineData("""{"status":400}""")]
    [InlineData("<html></html>")]
    public void Reason_NothingToRead_IsSaidInWords(string body) =>
        Assert.Equal("причина не названа, сообщите оператору (HTTP 400)", OtmechalkaTexts.Reason(ErrorReader.Read(body), "HTTP 400"));

    [Theory]
    [InlineData("""{"error":"limit_exceeded"}""", "limit_exceeded")]
    [InlineData("""{"code":17}""", "17")]
    [InlineData("""{"error":{"code":"E-1","message":""}}""", "E-1")]
    [InlineData("42", "42")]
    [InlineData("Forbidden", "Forbidden")]
    public void Reason_OnlyACode_IsSaidInWordsWithTheCode(string body, string code) =>
        Assert.Equal(
            $"причина не названа, сообщите оператору (код {code}, HTTP 400)",
            OtmechalkaTexts.Reason(ErrorReader.Read(body), "HTTP 400")
        );

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{\"a\":", 100_000)]
    [InlineData("[{\"source\":", 90)]
    [InlineData("<title", 100_000)]
    [InlineData(": ", 200_000)]
    [InlineData("phone_", 100_000)]
    [InlineData("\\u0071%25", 100_000)]
    [InlineData("&#", 100_000)]
    public async Task Read_LongOrDeep_EndsAtOnce(string piece, int times)
    {
        var body = string.Concat(Enumerable.Repeat(piece, times));
        foreach (
            var text in new[]
            {
                body,
                "x y " + body,
                $"{{\"{body.Replace("\"", "", StringComparison.Ordinal)}\":[{string.Concat(Enumerable.Repeat("1,", 100_000))}1]}}",
            }
        )
        {
            var line = await Task.Run(() =>
                    new SecretMask(["q7w8e9secret"]).Apply(OtmechalkaTexts.Reason(ErrorReader.Read(text), "HTTP 400"))
                )
                .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
            Assert.InRange(line.Length, 1, 5000);
        }
    }

    [Theory]
    [InlineData("<html><body>Сбой<script>let a = 1;</script> сервера</body>", "Сбой сервера")]
    [InlineData("<html><body>Сбой сервера<style>p {", "Сбой сервера")]
    public void ReadLine_PageWithAScript_LeavesItOut(string body, string expected) => Assert.Equal(expected, ErrorReader.Read(body).Text);

    [Fact]
    public async Task ReadLine_ManyScriptsThatAreNotClosed_EndsAtOnce()
    {
        var body = "<html>Сбой" + string.Concat(Enumerable.Repeat("<script", 3000));

        Assert.Equal("Сбой", await Task.Run(() => ErrorReader.Read(body).Text).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));
    }

    [Fact]
    public void Read_AMembersNameIsUnreadable_ReadsTheOthers()
    {
        var fields = ObjectFields.Read("""{"\ud800":1,"branchoffice":{"id":7,"\ud800":2},"branchoffice":{"\ud800":2,"id":8}}""");

        Assert.Equal("8", Assert.Single(Assert.Single(fields).Values));
    }

    [Theory]
    [InlineData("field")]
    [InlineData("fieldName")]
    [InlineData("attr")]
    [InlineData("attribute")]
    [InlineData("loc")]
    [InlineData("location")]
    [InlineData("param")]
    [InlineData("parameter")]
    [InlineData("property")]
    [InlineData("path")]
    [InlineData("pointer")]
    [InlineData("source")]
    [InlineData("name")]
    [InlineData("key")]
    public void Read_AMemberNamesTheField_TheMessageIsAboutIt(string member)
    {
        var line = ErrorReader.Read($$"""[{"{{member}}":"phone","message":"Занят другим."}]""");

        Assert.Equal("телефон: Занят другим.", line.Text);
        Assert.Equal("phone", line.Field);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("errorCode")]
    [InlineData("type")]
    [InlineData("error_type")]
    [InlineData("status")]
    public void Read_AMemberHoldsACode_TheMessageIsWithoutIt(string member)
    {
        var line = ErrorReader.Read($$"""{"{{member}}":"not_unique","message":"Такой уже есть."}""");

        Assert.Equal("Такой уже есть.", line.Text);
        Assert.Equal("not_unique", line.Code);
    }

    [Fact]
    public void Read_AMemberForCodesHoldsWords_TheyAreRead() =>
        Assert.Equal("type: Занят другим.", ErrorReader.Read("""{"type":["busy","Занят другим."]}""").Text.Split("; ")[^1]);

    [Fact]
    public void Read_SeveralCodes_TheFirstIsKept()
    {
        Assert.Equal("first", ErrorReader.Read("""{"code":"first","type":"second"}""").Code);
        Assert.Equal("first", ErrorReader.Read("""[{"code":"first"},{"code":"second"}]""").Code);
        Assert.Null(ErrorReader.Read("""{"code":[],"type":""}""").Code);
    }

    [Theory]
    [InlineData("https")]
    [InlineData("http error")]
    [InlineData("err")]
    [InlineData("code")]
    [InlineData("status: error")]
    [InlineData("ошибка")]
    [InlineData("Код")]
    [InlineData("статус: код")]
    [InlineData("null")]
    [InlineData("None")]
    public void Read_WordsThatSayNothing_AreNoReason(string text)
    {
        var line = ErrorReader.Read(text);

        Assert.Equal("", line.Text);
        Assert.Null(line.Code);
    }

    [Fact]
    public void Read_MessagesAboutSeveralFields_BelongToNone()
    {
        Assert.Null(ErrorReader.Read("""{"phone":["Занят."],"email":["Занят другим."]}""").Field);
        Assert.Null(ErrorReader.Read("""{"phone":["Занят другим."],"detail":"Не принято."}""").Field);
        Assert.Null(ErrorReader.Read("").Field);
    }

    [Fact]
    public void Read_APointerToSeveralPlaces_IsAboutTheFieldOfOurs() =>
        Assert.Equal("телефон: Занят другим.", ErrorReader.Read("""[{"loc":["body","the client","phone"],"msg":"Занят другим."}]""").Text);

    [Fact]
    public void Read_AnAnswerWithinAnAnswer_IsReadTwoLevelsDeep()
    {
        var inner = """{"phone":["Занят другим."]}""";
        var second = System.Text.Json.JsonSerializer.Serialize(inner);
        var third = System.Text.Json.JsonSerializer.Serialize(second);

        Assert.Equal("телефон: Занят другим.", ErrorReader.Read($$"""{"detail":{{second}}}""").Text);
        Assert.DoesNotContain("телефон:", ErrorReader.Read($$"""{"detail":{{third}}}""").Text.Split("; ")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4000, 4000)]
    [InlineData(4001, 4000)]
    [InlineData(40_000, 4000)]
    public void Read_AVeryLongText_IsCut(int length, int expected) =>
        Assert.Equal(expected, ErrorReader.Read(new string('а', length - 2) + " б").Text.Length);

    [Fact]
    public void Read_ATrailingCommaAndAComment_AreForgiven() =>
        Assert.Equal("телефон: Занят другим.", ErrorReader.Read("""{/* answer */"phone":["Занят другим.",],}""").Text);

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Read_ALongWord_IsACodeUpToFortyCharacters(int length, bool isCode) =>
        Assert.Equal(isCode ? new string('x', length) : null, ErrorReader.Read($$"""{"code":"{{new string('x', length)}}"}""").Code);

    [Theory]
    [InlineData("абв \ufffd", true)] // one of five
    [InlineData("а \ufffd\ufffd", false)] // half of it was meant for another alphabet
    [InlineData("аб \ufffd", true)] // just a quarter
    public void Read_BrokenCharacters_AreForgivenUpToAQuarter(string text, bool isRead) =>
        Assert.Equal(isRead ? text : "", ErrorReader.Read(text).Text);

    [Fact]
    public void Read_TooManyMessages_StopsInTime()
    {
        var messages = string.Join(",", Enumerable.Range(0, 5000).Select(i => $"\"Сообщение номер {i}.\""));

        Assert.InRange(ErrorReader.Read($"[{messages}]").Text.Length, 3900, 4000);
    }
}
