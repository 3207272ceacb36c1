namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>SQL's LIKE without regard to case: <c>%</c> is any text, <c>_</c> any one character.</summary>
internal static class LikePattern
{
    public static bool Matches(string value, string pattern)
    {
        var (at, place, star, retry) = (0, 0, -1, 0);
        while (at < value.Length)
        {
            if (place < pattern.Length && pattern[place] == '%')
            {
                (star, retry) = (place++, at);
            }
            else if (place < pattern.Length && (pattern[place] == '_' || Same(pattern[place], value[at])))
            {
                place++;
                at++;
            }
            else if (star >= 0)
            {
                (place, at) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern[place..].All(character => character == '%');
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
