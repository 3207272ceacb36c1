using System.Globalization;
using System.Text;

namespace B24Otmechalka.Core.Http;

/// <summary>
/// Takes our secrets out of what otmechalka says, before it reaches a card or a screen (docs/spec.md, section 7): an error that echoes the
/// request may hold the key or the webhook's token. Logs and the ledger get nothing of it but a code. Which settings are secret is told
/// by <c>SecretsOfSettings</c>; of Bitrix24's errors nothing but a code is shown. A secret is found in any case of letters, with blanks or
/// line breaks inside, and where its characters are written as <c>%71</c>, <c>\u0071</c>, <c>&amp;#113;</c> or after a backslash.
/// </summary>
/// <remarks>
/// Keys of real systems have twenty characters and more. A short one may be an ordinary word: one of four to seven characters is
/// masked only where it stands alone, an even shorter one not at all, because that would spoil every text and hide nothing.
/// </remarks>
internal sealed class SecretMask
{
    /// <summary>Masks nothing.</summary>
    public static readonly SecretMask None = new([]);

    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    /// <summary>From here on a secret is found inside of words, too.</summary>
    private const int LongEnough = 8;

    /// <summary>A shorter one is not looked for.</summary>
    private const int TooShort = 4;

    /// <summary>A text that was encoded for an address inside of JSON inside of an address.</summary>
    private const int MostEncodings = 3;

    private readonly string[] secrets;

    /// <summary>Makes a mask for these secrets; those that are empty or too short are left out.</summary>
    public SecretMask(IEnumerable<string?> secrets) =>
        this.secrets = [
            .. secrets
                .Select(secret => new Folded(secret ?? "").Text)
                .Where(secret => secret.Length >= TooShort)
                .Distinct()
                .OrderByDescending(secret => secret.Length),
        ];

    /// <summary>The text with every secret masked; the text itself when it holds none.</summary>
    public string Apply(string text)
    {
        foreach (var secret in secrets)
        {
            text = Apply(text, secret);
        }

        return text;
    }

    private static string Apply(string text, string secret)
    {
        var folded = new Folded(text);
        StringBuilder? masked = null;
        var copied = 0;
        for (var at = folded.Find(secret, 0); at >= 0; at = folded.Find(secret, at + secret.Length))
        {
            if (secret.Length < LongEnough && !folded.StandsAlone(at, secret.Length))
            {
                continue;
            }

            masked ??= new StringBuilder();
            masked.Append(text, copied, folded.Start(at) - copied).Append(Mask);
            copied = folded.End(at + secret.Length - 1);
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>
    /// A text as secrets are compared: in small letters, decoded, without blanks and characters that nobody sees; and for
    /// each character where it stood.
    /// </summary>
    private sealed class Folded
    {
        private readonly List<(char Character, int Start, int End)> decoded;
        private readonly List<int> places = [];

        public Folded(string text)
        {
            var characters = new List<(char Character, int Start, int End)>(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                characters.Add((text[i], i, i + 1));
            }

            for (var pass = 0; pass < MostEncodings && Decode(characters) is { } less; pass++)
            {
                characters = less;
            }

            decoded = characters;
            var folded = new StringBuilder(decoded.Count);
            for (var i = 0; i < decoded.Count; i++)
            {
                if (IsSeen(decoded[i].Character))
                {
                    folded.Append(char.ToLowerInvariant(decoded[i].Character));
                    places.Add(i);
                }
            }

            Text = folded.ToString();
        }

        public string Text { get; }

        public int Find(string secret, int from) => Text.IndexOf(secret, from, StringComparison.Ordinal);

        public int Start(int at) => decoded[places[at]].Start;

        public int End(int at) => decoded[places[at]].End;

        /// <summary>Whether it is a word of its own, in one piece.</summary>
        public bool StandsAlone(int at, int length)
        {
            var (first, last) = (places[at], places[at + length - 1]);
            return last - first + 1 == length
                && !(first > 0 && char.IsLetterOrDigit(decoded[first - 1].Character))
                && !(last + 1 < decoded.Count && char.IsLetterOrDigit(decoded[last + 1].Character));
        }

        private static bool IsSeen(char character) =>
            !char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format);

        /// <summary>One encoding less; <see langword="null"/> when there is none.</summary>
        private static List<(char Character, int Start, int End)>? Decode(List<(char Character, int Start, int End)> text)
        {
            List<(char Character, int Start, int End)>? decoded = null;
            for (var i = 0; i < text.Count; )
            {
                var (character, length) = DecodeAt(text, i);
                if (length > 1 && decoded is null)
                {
                    decoded = new(text.Count);
                    decoded.AddRange(text.Take(i));
                }

                decoded?.Add((character, text[i].Start, text[i + length - 1].End));
                i += length;
            }

            return decoded;
        }

        private static (char Character, int Length) DecodeAt(List<(char Character, int Start, int End)> text, int at)
        {
            var here = text[at].Character;
            var next = at + 1 < text.Count ? text[at + 1].Character : '\0';
            return (here, next) switch
            {
                ('%', _) when Number(text, at + 1, 2, 16) is { } code => (code, 3),
                ('\\', 'u') when Number(text, at + 2, 4, 16) is { } code => (code, 6),
                ('\\', 'x') when Number(text, at + 2, 2, 16) is { } code => (code, 4),
                ('\\', '/' or '\\' or '"' or '\'') => (next, 2),
                ('&', '#') => Entity(text, at),
                _ => (here, 1),
            };
        }

        // &#113; or &#x71;
        private static (char Character, int Length) Entity(List<(char Character, int Start, int End)> text, int at)
        {
            var isHex = at + 2 < text.Count && text[at + 2].Character is 'x' or 'X';
            var digits = at + (isHex ? 3 : 2);
            for (var length = 6; length > 0; length--)
            {
                if (
                    digits + length < text.Count
                    && text[digits + length].Character == ';'
                    && Number(text, digits, length, isHex ? 16 : 10) is { } code
                )
                {
                    return (code, digits + length + 1 - at);
                }
            }

            return ('&', 1);
        }

        private static char? Number(List<(char Character, int Start, int End)> text, int at, int digits, int radix)
        {
            if (at + digits > text.Count)
            {
                return null;
            }

            var number = 0;
            for (var i = at; i < at + digits; i++)
            {
                var digit = char.IsAsciiHexDigit(text[i].Character) ? Convert.ToInt32(text[i].Character.ToString(), 16) : radix;
                if (digit >= radix)
                {
                    return null;
                }

                number = (number * radix) + digit;
            }

            return number is > 0 and <= char.MaxValue ? (char)number : null;
        }
    }
}
