using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Mapping;

public sealed class ProblemListTests
{
    private readonly ProblemList problems = new();

    [Fact]
    public void IsEmpty_NothingNoted_IsTrue() => Assert.True(problems.IsEmpty);

    [Fact]
    public void ToString_OnlyMissing_ListsThem()
    {
        problems.Missing("имя");
        problems.Missing("телефон");

        Assert.Equal("Не заполнено: имя, телефон", problems.ToString());
        Assert.False(problems.IsEmpty);
    }

    [Fact]
    public void ToString_OnlyWrong_ListsThem()
    {
        problems.Wrong("дата (такой нет)");
        problems.Wrong("телефон");

        Assert.Equal("Неверно: дата (такой нет); телефон", problems.ToString());
    }

    [Fact]
    public void ToString_Both_NamesMissingFirst()
    {
        problems.Wrong("дата");
        problems.Missing("имя");

        Assert.Equal("Не заполнено: имя. Неверно: дата", problems.ToString());
    }

    [Fact]
    public void ToString_VeryMany_FitsAStatus()
    {
        for (var i = 0; i < 40; i++)
        {
            problems.Missing($"поле номер {i}");
        }

        Assert.InRange(problems.ToString().Length, 200, StatusLine.MostCharacters);
        Assert.EndsWith("…", problems.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Required_Value_IsGivenBackAndNothingNoted()
    {
        Assert.Equal("x", problems.Required("x", "имя"));
        Assert.Equal("X", problems.Required("x", "имя", _ => "X", "неверно"));
        Assert.True(problems.IsEmpty);
    }

    [Fact]
    public void Required_MissingOrWrong_IsEmptyTextAndNotedOnce()
    {
        Assert.Equal("", problems.Required(null, "имя"));
        Assert.Equal("", problems.Required(null, "дата", _ => "X", "дата неверна"));
        Assert.Equal("", problems.Required("x", "телефон", _ => null, "телефон неверен"));

        Assert.Equal("Не заполнено: имя, дата. Неверно: телефон неверен", problems.ToString());
    }

    [Fact]
    public void Optional_Missing_IsNoProblem()
    {
        Assert.Null(problems.Optional(null, "имя", _ => "X", "неверно"));
        Assert.True(problems.IsEmpty);
    }

    [Fact]
    public void Optional_Wrong_IsNoted()
    {
        Assert.Null(problems.Optional("x", "имя", _ => null, "e-mail"));
        Assert.Equal("Неверно: e-mail", problems.ToString());
    }

    [Fact]
    public void AnyReading_ValueHoldsABrokenCharacter_NamesTheFieldAndAsksForTheValueAgain()
    {
        Assert.Equal("", problems.Required("Ив\uFFFDн", "имя"));
        Assert.Equal("", problems.Required("\uFFFD", "телефон", _ => null, "не читается"));
        Assert.Equal("", problems.Name("\uFFFD", "фамилия"));
        Assert.Null(problems.Optional("\uFFFD", "e-mail", text => text, "не читается"));
        Assert.Equal(["404\uFFFD"], problems.Whole(["404\uFFFD"], "продукт"));

        var fields = new[] { "имя", "телефон", "фамилия", "e-mail", "продукт" };
        Assert.Equal("Неверно: " + string.Join("; ", fields.Select(field => field + ProblemList.BrokenCharacter)), problems.ToString());
    }

    [Fact]
    public void Name_ControlCharactersInside_AreNotInIt() => Assert.Equal("Анна Мария", problems.Name("Ан\u0007на\r\nМария", "имя"));

    [Fact]
    public void ToResult_AProblemThatWasWordedOtherwise_TellsTheFormerText()
    {
        var reworded = new ProblemList(new Dictionary<string, string> { ["дата (выберите)"] = "дата (такой нет)" });
        reworded.Missing("имя");
        reworded.Wrong("дата (выберите)");

        Assert.Equal("Не заполнено: имя. Неверно: дата (выберите)", reworded.ToResult().Status);
        Assert.Equal("Не заполнено: имя. Неверно: дата (такой нет)", reworded.ToResult().FormerStatus);
    }

    [Fact]
    public void ToResult_NothingWasWordedOtherwise_HasNoFormerText()
    {
        var reworded = new ProblemList(new Dictionary<string, string> { ["дата (выберите)"] = "дата (такой нет)" });
        reworded.Missing("имя");
        problems.Wrong("телефон");

        Assert.Null(reworded.ToResult().FormerStatus);
        Assert.Null(problems.ToResult().FormerStatus);
    }
}
