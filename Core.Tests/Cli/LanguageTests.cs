using System.Text.RegularExpressions;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>People read their language, programs always the same.</summary>
public sealed partial class LanguageTests : IDisposable
{
    private static readonly string[] Calls =
    [
        "doctor",
        "sync contacts",
        "sync deals --log information",
        "status",
        "preview contact 39558",
        "preview contact 40011",
        "preview deal 96313",
        "retry contact 39558 99999",
        "retry --all-failed",
        "rewind contacts --to 2020-12-20",
        "reconcile contacts --fix",
        "reconcile deals",
        "status --all",
        "status --duplicates",
        "why Патов",
        "why ова",
        "why 39558",
        "why Несуществующий",
        "why 99999",
        "why 555-01-26",
    ];

    private static readonly string[] Commands = ["preview ", "why ", "sync "];

    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("Contacts:")]
    [InlineData("Контакты:", "LANG", "ru_RU.UTF-8")]
    [InlineData("Контакты:", "LANG", "ru")]
    [InlineData("Контакты:", "LC_MESSAGES", "ru_RU.UTF-8", "LANG", "en_US.UTF-8")]
    [InlineData("Контакты:", "LC_ALL", "ru_UA.UTF-8", "LC_MESSAGES", "C")]
    [InlineData("Контакты:", "LC_ALL", "", "LANG", "ru_RU")]
    [InlineData("Contacts:", "LC_ALL", "C.UTF-8", "LANG", "ru_RU.UTF-8")]
    [InlineData("Contacts:", "LANG", "de_DE.UTF-8")]
    [InlineData("Contacts:", "LANG", "POSIX")]
    public void RunAsync_LanguageOfTheSystem_IsThatOfTheOutput(string expected, params string[] variables)
    {
        foreach (var pair in variables.Chunk(2))
        {
            cli.Environment[pair[0]] = pair[1];
        }

        Assert.Equal(0, cli.Run("sync", "contacts"));
        Assert.StartsWith(expected, cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Контакты:", "en_US.UTF-8", "--lang", "ru")]
    [InlineData("Контакты:", "en_US.UTF-8", "--lang=RU")]
    [InlineData("Contacts:", "ru_RU.UTF-8", "--lang", "en")]
    public void RunAsync_Option_OverridesTheSystem(string expected, string system, params string[] option)
    {
        cli.Environment["LANG"] = system;

        Assert.Equal(0, cli.Run([.. option, "sync", "contacts"]));
        Assert.StartsWith(expected, cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("русский")]
    [InlineData("")]
    public void RunAsync_AnotherLanguage_IsWrong(string language)
    {
        Assert.Equal(2, cli.Run("status", "--lang", language));
        Assert.StartsWith("--lang: expected ru or en", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void RunAsync_Json_IsTheSameInBothLanguages()
    {
        using var russian = new CliDriver();
        foreach (var call in Calls)
        {
            Assert.Equal(
                cli.Run([.. call.Split(' '), "--json", "--lang", "en"]),
                russian.Run([.. call.Split(' '), "--json", "--lang", "ru"])
            );
            Assert.Equal(Steady(cli.Output), Steady(russian.Output));
        }
    }

    // What stays Latin are the names of commands, settings, fields and systems, never a sentence.
    [Fact]
    public void RunAsync_Russian_HasNoEnglishWords()
    {
        foreach (var call in Calls)
        {
            cli.Run([.. call.Split(' '), "--lang", "ru"]);
            Assert.Empty(EnglishIn(cli.Output + cli.Error));
        }

        cli.Lock(SyncJob.Contacts);
        cli.Run("retry", "contact", "39558", "--lang", "ru");
        Assert.Empty(EnglishIn(cli.Error));
    }

    // Two neighbours that are plain lower-case words: «held since», «no answer».
    private static IEnumerable<string> EnglishIn(string text) =>
        EnglishWords()
            .Matches(text)
            .Select(match => match.Value)
            .Where(words => !Commands.Any(command => words.StartsWith(command, StringComparison.Ordinal)));

    private static string Steady(string json) => Addresses().Replace(json, "http://host");

    [GeneratedRegex(@"(?<![\w.-])[a-z]{2,} [a-z]{2,}(?![\w.-])")]
    private static partial Regex EnglishWords();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Addresses();
}
