using System.Globalization;
using System.Text.Json;
using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// JSON as text, because what breaks readers cannot be written by a writer: lone surrogates, numbers no type holds, members
/// that occur twice.
/// </summary>
internal static class JsonGen
{
    /// <summary>What people and programs leave in a text field, in the notation inside a JSON string.</summary>
    private static readonly string[] Pieces =
    [
        "а",
        "Ж",
        "Петров",
        "Иван",
        " ",
        "  ",
        "x",
        "0",
        "7",
        "1e5",
        "NaN",
        "Infinity",
        "-",
        "+",
        ".",
        ",",
        ";",
        ":",
        "@",
        "/",
        "'",
        "<b>",
        "<br />",
        "&nbsp;",
        "%",
        "#",
        "{",
        "}",
        "{0}",
        "[",
        "]",
        "$result[c0]",
        "\\u0000",
        "\\u0007",
        "\\u001b",
        "\\n",
        "\\r\\n",
        "\\t",
        "\\u00a0",
        "\\u200b",
        "\\u202e",
        "\\ufeff",
        "\\ufffd",
        "\\uffff",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\udc00",
        "😀",
        "٣",
        "é",
        "ﬀ",
        "İ",
        "\\\\",
        "\\\"",
        "\\/",
        "null",
        "false",
        "--",
        "''",
        "T",
        "Z",
    ];

    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Choice.Of(Pieces)),
        (1, Gen.Char[' ', '~'].Select(c => Escape(c.ToString())))
    );

    /// <summary>The inside of a JSON string: mostly a few pieces, now and then thousands.</summary>
    public static readonly Gen<string> Inside = Gen.Frequency(
        (12, Piece.Array[0, 6].Select(string.Concat)),
        (1, Gen.Select(Piece, Gen.Int[1, 3000], (piece, times) => string.Concat(Enumerable.Repeat(piece, times))))
    );

    /// <summary>A JSON string.</summary>
    public static readonly Gen<string> Text = Inside.Select(Quote);

    /// <summary>Numbers, also such as no type holds.</summary>
    public static readonly Gen<string> Number = Gen.Frequency(
        (
            3,
            Choice.Of(
                "0",
                "-0",
                "1",
                "-1",
                "1.5",
                "0.1",
                "0.005",
                "1e5",
                "1E400",
                "-1e-400",
                "1e28",
                "79228162514264337593543950335",
                "-79228162514264337593543950335",
                "9223372036854775808",
                "-9223372036854775808",
                "99999999999999999999999999999999999999",
                "2147483648",
                "2147483647",
                "1e-30",
                "1608886800.5"
            )
        ),
        (1, Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        (1, Gen.Double.Select(number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "0"))
    );

    /// <summary>Every spelling of "nothing".</summary>
    public static readonly Gen<string> Empty = Choice.Of("null", "\"\"", "false", "[]", "{}", "\"0\"", "0", "\" \"");

    private static readonly Gen<string> Scalar = Gen.Frequency(
        (3, Empty),
        (1, Choice.Of("true", "\"false\"", "\"null\"")),
        (3, Number),
        (2, Number.Select(Quote)),
        (4, Text)
    );

    private static readonly Gen<string> Name = Gen.Frequency(
        (4, Choice.Of("0", "1", "c0", "c1", "ID", "id", "VALUE", "error", "result", "detail", "phone")),
        (1, Inside)
    );

    private static readonly Gen<string> Shallow = Gen.Frequency((3, Scalar), (1, List(Scalar)), (1, Map(Scalar)));

    /// <summary>Any value, nested or not.</summary>
    public static readonly Gen<string> Any = Gen.Frequency(
        (8, Scalar),
        (2, List(Shallow)),
        (2, Map(Shallow)),
        (1, Gen.Select(Gen.Int[1, 50], Scalar, (depth, inner) => new string('[', depth) + inner + new string(']', depth)))
    );

    /// <summary>Nested deeper than a reader follows.</summary>
    public static readonly Gen<string> Deep = Gen.Select(
        Gen.Int[50, 2000],
        Choice.Of("[", "{\"a\":", "[{\"error\":"),
        (depth, start) => string.Concat(Enumerable.Repeat(start, depth))
    );

    public static Gen<string> List(Gen<string> item) => item.Array[0, 3].Select(items => "[" + string.Join(',', items) + "]");

    public static Gen<string> Map(Gen<string> value) => Map(Name, value);

    public static Gen<string> Map(Gen<string> name, Gen<string> value) =>
        Gen.Select(name, value, (key, held) => Quote(key) + ":" + held)
            .Array[0, 3]
            .Select(members => "{" + string.Join(',', members) + "}");

    /// <summary>
    /// An object with these members, each of which may be missing; and now and then one more, which may be a second of its name.
    /// </summary>
    public static Gen<string> Object(params (string Name, Gen<string> Value)[] members)
    {
        var all = Gen.Const("");
        foreach (var (name, value) in members)
        {
            var member = Gen.Frequency((40, value.Select(held => $",{Quote(name)}:{held}")), (1, Gen.Const("")));
            all = Gen.Select(all, member, (before, one) => before + one);
        }

        var extra = Gen.Frequency(
            (12, Gen.Const("")),
            (
                1,
                Gen.Select(
                    Gen.OneOf(Name, Choice.Of(members.Select(member => member.Name).ToArray())),
                    Any,
                    (name, value) => $",{Quote(name)}:{value}"
                )
            )
        );
        return Gen.Select(all, extra, (held, more) => "{" + (held + more).TrimStart(',') + "}");
    }

    /// <summary>Mostly what belongs there, sometimes what does not.</summary>
    public static Gen<string> Field(Gen<string> right) => Gen.Frequency((20, right), (1, Empty), (1, Any));

    public static Gen<string> Const(params string[] values) => Choice.Of(values);

    /// <summary>The text as a JSON string; a lone surrogate cannot be in it.</summary>
    public static string Literal(string text) => Quote(Escape(text));

    public static string Quote(string inside) => "\"" + inside + "\"";

    private static string Escape(string text) => JsonSerializer.Serialize(text)[1..^1];
}
