using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Characters;

namespace B24Otmechalka.Core.Mapping;

/// <summary>What people type into a card's fields, brought into otmechalka's notation; <see langword="null"/> when it is none.</summary>
internal static partial class FieldFormats
{
    /// <summary>A phone number in any notation → the digits of the international number, <c>79261234567</c>.</summary>
    public static string? Phone(string text) => PhoneNotation.Read(text);

    /// <summary>An e-mail address; its domain has at least two labels.</summary>
    public static string? Email(string text) =>
        !Invisible().IsMatch(text)
        && !text.EnumerateRunes().Any(VisibleText.IsUnseen)
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && HostName().IsMatch(address.Host)
            ? text
            : null;

    /// <summary>
    /// The calendar date as written with its own offset: <c>2009-11-29T00:00:00+03:00</c> is <c>2009-11-29</c> on every
    /// machine (docs/spec.md, sections 5.1 and 9).
    /// </summary>
    public static string? Date(string text)
    {
        var match = DateTimeText().Match(text);
        return
            match.Success
            && DateOnly.TryParseExact(match.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? match.Groups[1].Value
            : null;
    }

    // Copied from a page or a messenger, an address may hold marks that nobody sees.
    [GeneratedRegex(@"[\s\p{C}]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"^[\p{L}\p{Nd}_-]+(\.[\p{L}\p{Nd}_-]+)+$")]
    private static partial Regex HostName();

    [GeneratedRegex(
        @"^([0-9]{4}-[0-9]{2}-[0-9]{2})([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
    )]
    private static partial Regex DateTimeText();
}
