using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Tests.Otmechalka.Contract;
using PhoneNumbers;
using Xunit;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// What otmechalka's bodies must look like, from docs/spec.md, sections 4.2 and 5, from docs/otmechalka-api.yaml, and from nothing of
/// Core: a second opinion on every body that the mappers make or the clients send.
/// </summary>
internal static partial class PayloadRules
{
    private const int ShortEnough = 254;
    private const int OneIn = 16;

    private static int checkedBodies;

    private static readonly string[] ClientMembers =
    [
        "origin_id",
        "last_name",
        "first_name",
        "phone",
        "courses",
        "branchoffices",
        "gender",
        "additional_data",
    ];

    private static readonly string[] TicketMembers =
    [
        "origin_id",
        "client_origin_id",
        "ticket_type",
        "price_initial",
        "discount",
        "price_final",
        "selling_date",
        "selling_branchoffice",
        "employee",
        "payment_method",
    ];

    /// <summary>The body of a client.</summary>
    public static void CheckClient(ReadOnlySpan<byte> json)
    {
        var body = Read(json, ClientMembers, "email", "birthdate");
        CheckContract("ClientInput", body);
        Assert.Matches(Digits(), Text(body, "origin_id"));
        Assert.Matches(InternationalNumber(), Text(body, "phone"));
        Assert.True(PhoneNumberUtil.GetInstance().IsValidNumber(PhoneNumberUtil.GetInstance().Parse("+" + Text(body, "phone"), null)));
        Assert.Equal("M", Text(body, "gender"));
        Assert.All(["last_name", "first_name", "additional_data"], name => AssertTrimmed(Text(body, name)));
        Assert.True(Text(body, "additional_data").IndexOf(' ', StringComparison.Ordinal) > 0);
        Assert.All(["courses", "branchoffices"], name => AssertIds(body.GetProperty(name)));
        if (body.TryGetProperty("birthdate", out var birthdate))
        {
            AssertDate(birthdate.GetString()!);
        }

        if (body.TryGetProperty("email", out var email))
        {
            Assert.Matches(Mail(), email.GetString()!);
        }
    }

    /// <summary>The body of a ticket.</summary>
    public static void CheckTicket(ReadOnlySpan<byte> json)
    {
        var body = Read(json, TicketMembers);
        CheckContract("TicketInput", body);
        Assert.Matches(Digits(), Text(body, "origin_id"));
        Assert.All(["client_origin_id", "ticket_type", "employee", "selling_branchoffice"], name => AssertTrimmed(Text(body, name)));
        Assert.NotEqual("0", Text(body, "client_origin_id"));
        Assert.Contains(Text(body, "selling_branchoffice"), (string[])["2634", "2635"]);
        Assert.Contains(Text(body, "payment_method"), (string[])["CASH", "ONLINE"]);
        AssertDate(Text(body, "selling_date"));
        Assert.Equal(Money(body, "price_final"), Money(body, "price_initial") - Money(body, "discount"));
    }

    // Bitrix24 may hold longer texts than otmechalka takes: the document has a refusal for them. One body in some is held against it,
    // because that takes ten times as long as all the rest.
    private static void CheckContract(string schema, JsonElement body)
    {
        if (
            Interlocked.Increment(ref checkedBodies) % OneIn == 1
            && body.EnumerateObject().All(member => member.Value.ToString().Length <= ShortEnough)
        )
        {
            Assert.Empty(ApiContract.Present.ProblemsOf(schema, body.GetRawText()));
        }
    }

    private static JsonElement Read(ReadOnlySpan<byte> json, string[] required, params string[] optional)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json);
        var body = Testing.TestCards.Json(text);
        var names = body.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Empty(required.Except(names));
        Assert.Empty(names.Except(required).Except(optional));
        Assert.All(
            body.EnumerateObject(),
            member => Assert.Contains(member.Value.ValueKind, (JsonValueKind[])[JsonValueKind.String, JsonValueKind.Array])
        );
        return body;
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    // docs/spec.md, section 5.2, last paragraph: nothing that nobody sees at the ends, no control character anywhere, nothing broken.
    private static void AssertTrimmed(string text)
    {
        Assert.Matches(Seen(), text);
        Assert.DoesNotContain(text, char.IsControl);
        Assert.DoesNotContain('\uFFFD', text);
    }

    private static void AssertIds(JsonElement list)
    {
        var ids = list.EnumerateArray().Select(id => id.GetString()!).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches(Digits(), id));
    }

    private static void AssertDate(string date) =>
        Assert.True(DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), date);

    private static decimal Money(JsonElement body, string name)
    {
        var text = Text(body, name);
        Assert.Matches(Amount(), text);
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[^\s\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0]([^\p{Cc}]*[^\s\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0])?\z")]
    private static partial Regex Seen();

    [GeneratedRegex(@"^[0-9]{1,18}\z")]
    private static partial Regex Digits();

    // With the country code: no country's numbers are shorter than its code and four digits, and E.164 ends at fifteen.
    [GeneratedRegex(@"^[1-9][0-9]{6,14}\z")]
    private static partial Regex InternationalNumber();

    [GeneratedRegex(@"^[0-9]+\.[0-9]{2}\z")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+\z")]
    private static partial Regex Mail();
}
