using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary><c>docs/menedzheram.md</c> explains every status text there is, and none that there is not.</summary>
public sealed partial class ManagersPageTests
{
    private static readonly string Page = Documents.Read("docs", "menedzheram.md");

    private static readonly string Missing = Prefix(problems => problems.Missing("x"));
    private static readonly string Wrong = Prefix(problems => problems.Wrong("x"));

    private static readonly Dictionary<string, string> AllTexts = Constants(typeof(ContactTexts))
        .Concat(Constants(typeof(DealTexts)))
        .Concat(Constants(typeof(DeliveryTexts)))
        .Append(("Success", StatusLine.Success))
        .Append((nameof(OtmechalkaTexts.NoReason), OtmechalkaTexts.NoReason))
        .ToDictionary(text => text.Item1, text => text.Item2);

    /// <summary>Names of the constants.</summary>
    public static TheoryData<string> Texts => [.. AllTexts.Keys];

    /// <summary>Fields of otmechalka, and the same field in the texts of a slice.</summary>
    public static TheoryData<string, string> SameFields =>
        new()
        {
            { "last_name", ContactTexts.StudentLastName },
            { "first_name", ContactTexts.StudentFirstName },
            { "phone", ContactTexts.Phone },
            { "courses", ContactTexts.Product },
            { "branchoffices", ContactTexts.Branch },
            { "client_origin_id", DealTexts.Client },
            { "ticket_type", DealTexts.ProductName },
            { "price_initial", DealTexts.Price },
            { "selling_date", DealTexts.SellingDate },
            { "selling_branchoffice", DealTexts.Branch },
            { "employee", DealTexts.Seller },
            { "payment_method", DealTexts.PaymentMethod },
        };

    public static TheoryData<string> FieldsOfOtmechalka =>
        [
            .. new[] { typeof(Client), typeof(Ticket) }
                .SelectMany(type =>
                    type.GetProperties().Select(property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).OfType<string>()
                )
                .Distinct(),
        ];

    /// <summary>Texts a status begins with.</summary>
    public static TheoryData<string> Beginnings =>
        [
            .. new[]
            {
                Missing,
                Wrong,
                DeliveryTexts.Refused,
                DeliveryTexts.Unclear,
                DealTexts.NoClient,
                DealTexts.ProductsUnreadable,
                DealTexts.UnknownTicketType,
            }.Distinct(),
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_OfTheCode_IsExplained(string name)
    {
        var text = AllTexts[name];
        var expected = new[] { "", Missing, Wrong, DealTexts.NoClient, DeliveryTexts.Refused, DealTexts.ProductsUnreadable }.SelectMany(
            prefix => new[] { $"«{prefix}{text}»", $"«{prefix}{text}…»" }
        );

        var isExplained =
            text == DealTexts.NoClient
                ? Statuses().Any(status => status.StartsWith($"«{text}", StringComparison.Ordinal))
                : Statuses().Intersect(expected).Any()
                    // a field, and what is wrong with it
                    || Statuses().Any(status => status.StartsWith($"«{Wrong}{text} (", StringComparison.Ordinal));

        Assert.True(isExplained, $"{name} is not explained: {text}");
    }

    [Fact]
    public void Text_OfThePage_IsOneOfTheCode()
    {
        // Without all that the code knows, nothing is left.
        var known = AllTexts.Values.Concat([Missing, Wrong, ProblemList.BrokenCharacter]).OrderByDescending(text => text.Length).ToList();
        var unknown = Statuses()
            .Where(status =>
                known.Aggregate(status, (rest, text) => rest.Replace(text, "", StringComparison.Ordinal)).Trim('«', '»', '…', ' ').Length
                > 0
            );

        Assert.Empty(unknown);
    }

    [Fact]
    public void Status_WithSeveralProblems_ReadsAsTheExampleSays()
    {
        var problems = new ProblemList();
        problems.Missing(ContactTexts.StudentFirstName);
        problems.Missing(ContactTexts.Branch);
        problems.Wrong(ContactTexts.WrongPhone);

        Assert.Contains($"«{problems}»", Regex.Replace(Page, @"\s+", " "), StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenCharacter_OfWhateverField_IsExplained() => Assert.Contains($"«{Wrong}…{ProblemList.BrokenCharacter}»", Statuses());

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Filters_ThatTheManagersAreToldToSave_FindEveryFailure(string beginning)
    {
        var filters = Item()
            .Matches(Documents.Section(Page, "Как найти все карточки с ошибками"))
            .Select(item => item.Groups[1].Value)
            .ToList();

        Assert.Contains(filters, filter => beginning.StartsWith(filter, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(FieldsOfOtmechalka))]
    public void Field_ThatOtmechalkaMayName_IsToldInWordsThatThePageKnows(string field) =>
        Assert.Contains(OtmechalkaTexts.Fields[field], Regex.Replace(Page, @"\s+", " "), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(SameFields))]
    public void Field_ThatOtmechalkaMayName_HasTheWordsOfOurOwnTexts(string field, string words) =>
        Assert.Equal(words, OtmechalkaTexts.Fields[field]);

    [Fact]
    public void Field_ThatOtmechalkaRefusesWithoutAReason_IsExplained() =>
        Assert.Contains(OtmechalkaTexts.FieldRefused, Page, StringComparison.Ordinal);

    [Fact]
    public void Retries_OfARefusal_ComeAsThePageSays()
    {
        Assert.Contains("потом через 15 минут, 30 минут, час и так далее, затем раз в\n  день", Page, StringComparison.Ordinal);
        Assert.Equal([0, 15, 30, 60], Enumerable.Range(1, 4).Select(attempts => Backoff.After(attempts).TotalMinutes));
        Assert.Equal(TimeSpan.FromDays(1), Backoff.After(1000));
    }

    [Fact]
    public void Statuses_OfTheCode_FitTheField() =>
        Assert.All(
            Constants(typeof(DealTexts)).Where(text => text.Item1.StartsWith("Client", StringComparison.Ordinal)),
            text => Assert.True((DealTexts.NoClient + text.Item2).Length <= StatusLine.MostCharacters)
        );

    private static IEnumerable<(string, string)> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => ($"{type.Name}.{field.Name}", (string)field.GetRawConstantValue()!));

    // The first cells of the tables that list statuses.
    private static IEnumerable<string> Statuses() =>
        Documents
            .Rows(Documents.Section(Page, "Что говорит «Статус синхронизации»"))
            .Select(cells => cells[0])
            .Where(cell => cell.StartsWith('«'));

    private static string Prefix(Action<ProblemList> fill)
    {
        var problems = new ProblemList();
        fill(problems);
        return problems.ToString()[..^1];
    }

    [GeneratedRegex(@"^ +- «([^»]+)»", RegexOptions.Multiline)]
    private static partial Regex Item();
}
