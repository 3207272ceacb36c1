using B24Otmechalka.Core.Otmechalka;
using Xunit;

namespace B24Otmechalka.Core.Tests.Otmechalka;

public sealed class ErrorReaderTests
{
    [Theory]
    [InlineData("""{"\ud800":["Обязательное поле."],"phone":["Неверный номер."]}""", "Обязательное поле.; телефон: Неверный номер.")]
    [InlineData("""{"errors":{"\udc00":"Занято."}}""", "Занято.")]
    public void ReadLine_AMembersNameIsUnreadable_GivesItsMessage(string body, string expected) => Assert.Equal(expected, ErrorReader.Read(body).Text);

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
}
