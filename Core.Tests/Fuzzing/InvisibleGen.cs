using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>What comes along when a value is copied from a page, a table, a messenger or a file, and nobody sees.</summary>
internal static class InvisibleGen
{
    /// <summary>Blanks, line breaks, marks of direction, joiners, fillers, controls, and a tag beyond the first plane.</summary>
    public static readonly Gen<string> One = Choice.Of(
        " ",
        "\t",
        "\n",
        "\r\n",
        "\u00A0",
        "\uFEFF",
        "\u200B",
        "\u202F",
        "\u3000",
        "\u2028",
        "\u2029",
        "\u0085",
        "\u000B",
        "\u200E",
        "\u202E",
        "\u2060",
        "\u200D",
        "\u00AD",
        "\u061C",
        "\u180E",
        "\u3164",
        "\uFFA0",
        "\u2800",
        "\uFE0F",
        "\0",
        "\u001B",
        "\u007F",
        "\u009B",
        "\U000E0041"
    );

    /// <summary>Some of them before and after.</summary>
    public static readonly Gen<(string Before, string After)> Around = Gen.Select(One.Array[0, 3], One.Array[0, 3])
        .Select((before, after) => (string.Concat(before), string.Concat(after)));

    /// <summary>The value with them around it.</summary>
    public static string Put((string Before, string After) around, string value) => around.Before + value + around.After;
}
