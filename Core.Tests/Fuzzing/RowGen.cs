using System.Globalization;
using CsCheck;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>Rows of Bitrix24's lists, as JSON: mostly such as a manager could have filled in, so that every rule is reached.</summary>
internal static class RowGen
{
    private static readonly Gen<string> Name = Gen.Frequency(
        (15, JsonGen.Const("\"Иван\"", "\" Петров \"", "\"O'Brien-Ёлкин\"")),
        (3, JsonGen.Text),
        (
            2,
            Gen.Select(
                FieldGen.Unseen,
                FieldGen.Unseen,
                FieldGen.Unseen,
                (before, inside, after) => JsonGen.Literal($"{before}Анна{inside}Мария{after}")
            )
        ),
        (1, Gen.Select(FieldGen.Unseen, FieldGen.Unseen, (one, two) => JsonGen.Literal(one + two)))
    );

    private static readonly Gen<string> Phones = Gen.Frequency(
        (
            8,
            FieldGen.PhoneText.Select(phone =>
                $$"""[{"ID":"1","VALUE_TYPE":"WORK","VALUE":{{JsonGen.Literal(phone)}},"TYPE_ID":"PHONE"}]"""
            )
        ),
        (2, FieldGen.PhoneText.Select(phone => $"[{JsonGen.Literal(phone)}]")),
        (1, JsonGen.Text.Select(text => $$"""[{"VALUE":{{text}}}]"""))
    );

    private static readonly Gen<string> Mails = Gen.Frequency(
        (
            1,
            Gen.Select(
                FieldGen.Unseen,
                FieldGen.Unseen,
                (before, after) => $$"""[{"VALUE":{{JsonGen.Literal(before + "ivan@example.com" + after)}}}]"""
            )
        ),
        (9, JsonGen.Const("""[{"VALUE":"ivan@example.com"}]""", "[]", """[{"VALUE":" иван@пример.рф"},{"VALUE":"?"}]""")),
        (
            3,
            JsonGen
                .Const(
                    "ivan@example.com",
                    "иван@пример.рф",
                    "ivan@localhost",
                    "a@b@c.ru",
                    "Ivan <ivan@example.com>",
                    "\\\"a b\\\"@example.com",
                    "(c)ivan@example.com",
                    "ivan@[127.0.0.1]",
                    "@",
                    "a@.ru",
                    "a@b..ru",
                    "ivan@example.com,",
                    "ivan@-.ru"
                )
                .Select(mail => $$"""[{"VALUE":"{{mail}}"}]""")
        ),
        (1, JsonGen.Inside.Select(text => $$"""[{"VALUE":"{{text}}@example.com"}]""")),
        (1, JsonGen.Inside.Select(text => $$"""[{"VALUE":"ivan@{{text}}"}]"""))
    );

    /// <summary>A row of <c>crm.contact.list</c>.</summary>
    public static readonly Gen<string> Contact = JsonGen.Object(
        ("ID", Id),
        ("DATE_CREATE", FieldGen.Moment),
        ("DATE_MODIFY", FieldGen.Moment),
        (Status, JsonGen.Field(JsonGen.Const("\"Успешно\"", "null"))),
        (StudentLastName, JsonGen.Field(Name)),
        (StudentFirstName, JsonGen.Field(Name)),
        ("LAST_NAME", JsonGen.Field(Name)),
        ("NAME", JsonGen.Field(Name)),
        ("PHONE", JsonGen.Field(Phones)),
        ("EMAIL", JsonGen.Field(Mails)),
        (Birthdate, JsonGen.Field(FieldGen.DateText.Select(JsonGen.Literal))),
        (Product, JsonGen.Field(References("410", "404", "406", "408"))),
        (Branch, JsonGen.Field(References("48", "12708", "348")))
    );

    /// <summary>A row of <c>crm.deal.list</c>.</summary>
    public static readonly Gen<string> Deal = JsonGen.Object(
        ("ID", JsonGen.Const("\"39558\"")),
        ("DATE_CREATE", FieldGen.Moment),
        ("DATE_MODIFY", FieldGen.Moment),
        ("STAGE_ID", JsonGen.Const("\"WON\"")),
        (Status, JsonGen.Field(JsonGen.Const("\"Успешно\"", "null"))),
        ("CONTACT_ID", JsonGen.Field(JsonGen.Const("\"17\"", "17", "\"0\""))),
        ("ASSIGNED_BY_ID", JsonGen.Field(JsonGen.Const("\"12288\"", "12288", "\"999\""))),
        ("OPPORTUNITY", JsonGen.Field(FieldGen.Amount)),
        ("CURRENCY_ID", JsonGen.Field(JsonGen.Const("\"RUB\"", "\"RUB\"", "\"RUB\"", "\"RUR\"", "\" rub\"", "\"USD\"", "null"))),
        ("IS_RECURRING", JsonGen.Field(JsonGen.Const("\"N\"", "\"N\"", "null", "\"Y\""))),
        (SellingDate, JsonGen.Field(FieldGen.DateText.Select(JsonGen.Literal))),
        (Branch, JsonGen.Field(References("186", "12706", "348"))),
        (PaymentMethod, JsonGen.Field(JsonGen.Const("450", "\"450\"", "\"452\"", "454")))
    );

    /// <summary>A row of <c>crm.deal.productrows.get</c>; its prices fit more often than not.</summary>
    public static readonly Gen<string> Product1 = Gen.Frequency(
        (
            3,
            Gen.Select(
                Gen.Long[0, 2_000_000],
                Gen.Long[0, 500_000],
                JsonGen.Field(Name),
                (price, discount, name) =>
                    $$"""{"PRODUCT_NAME":{{name}},"QUANTITY":1,"PRICE":{{FieldGen.Kopecks(price)}}"""
                    + $$""","PRICE_BRUTTO":"{{FieldGen.Kopecks(price + discount)}}","DISCOUNT_SUM":{{FieldGen.Kopecks(discount)}}}"""
            )
        ),
        (
            2,
            Gen.Select(
                Gen.Double[0, 20_000],
                Gen.Double[0, 0.5],
                Choice.Of("0", "null", "20"),
                Gen.Bool,
                (brutto, rate, tax, hasBrutto) =>
                    string.Create(
                        CultureInfo.InvariantCulture, // as a portal reckons: in floating point, and rounds where it likes
                        $$"""{"PRODUCT_NAME":"6 КМС","QUANTITY":1.0,"PRICE":{{brutto - (brutto * rate):R}}"""
                            + $$""","PRICE_BRUTTO":{{(hasBrutto ? brutto : 0):R}},"DISCOUNT_SUM":"""
                            + $$"""{{Math.Round(brutto * rate, 2):R}},"TAX_RATE":{{tax}}}"""
                    )
            )
        ),
        (
            2,
            JsonGen.Object(
                ("PRODUCT_NAME", JsonGen.Field(Name)),
                ("QUANTITY", JsonGen.Field(JsonGen.Const("1", "\"1.0000\"", "2", "0.5"))),
                ("PRICE", JsonGen.Field(FieldGen.Amount)),
                ("PRICE_BRUTTO", JsonGen.Field(FieldGen.Amount)),
                ("DISCOUNT_SUM", JsonGen.Field(FieldGen.Amount)),
                ("TAX_RATE", JsonGen.Field(JsonGen.Const("null", "0", "20", "\"20.0\"")))
            )
        )
    );

    /// <summary>The result of <c>crm.deal.productrows.get</c>.</summary>
    public static readonly Gen<string> ProductRows = Gen.Frequency(
        (8, Product1.Select(row => $"[{row}]")),
        (2, JsonGen.List(Product1)),
        (1, Product1.Select(row => $$"""{"1":{{row}}}""")),
        (2, JsonGen.Any)
    );

    /// <summary>The result of <c>user.get</c>.</summary>
    public static readonly Gen<string> Users = Gen.Frequency(
        (
            8,
            JsonGen
                .Object(("ID", JsonGen.Const("\"12288\"", "12288")), ("NAME", JsonGen.Field(Name)), ("LAST_NAME", JsonGen.Field(Name)))
                .Select(user => $"[{user}]")
        ),
        (2, JsonGen.Any)
    );

    private static Gen<string> Id =>
        Gen.Frequency((20, Gen.Int[1, 999_999].Select(id => JsonGen.Quote(id.ToString(CultureInfo.InvariantCulture)))), (1, JsonGen.Any));

    private static Gen<string> References(params string[] values) =>
        Gen.OneOf(
            Choice.Of(values).Array[1, 3].Select(chosen => "[" + string.Join(',', chosen) + "]"),
            Choice.Of(values).Array[0, 2].Select(chosen => "[" + string.Join(',', chosen.Select(JsonGen.Quote)) + "]"),
            Choice.Of(values).Select(chosen => $$"""{"5":"{{chosen}}"}"""),
            Choice.Of(values)
        );
}
