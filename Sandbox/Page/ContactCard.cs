using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>A contact with the school's fields, as the page shows it and takes it back. Values stand as a person typed them.</summary>
internal sealed record ContactCard
{
    public long Id { get; init; }

    public string StudentLastName { get; init; } = "";

    public string StudentFirstName { get; init; } = "";

    public string Birthdate { get; init; } = "";

    /// <summary>The parent's.</summary>
    public string LastName { get; init; } = "";

    /// <summary>The parent's.</summary>
    public string FirstName { get; init; } = "";

    public IReadOnlyList<string> Phones { get; init; } = [];

    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>List values of the field, by ID.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>List values of the field, by ID.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    public string Comments { get; init; } = "";

    public string? Status { get; init; }

    public DateTimeOffset Modified { get; init; }

    public static ContactCard Read(Bitrix24Portal portal, long id)
    {
        var row = portal.Contacts.Row(id);
        return new ContactCard
        {
            Id = id,
            StudentLastName = CardValue.Text(row, SampleFields.StudentLastName),
            StudentFirstName = CardValue.Text(row, SampleFields.StudentFirstName),
            Birthdate = CardValue.Date(row, SampleFields.Birthdate),
            LastName = CardValue.Text(row, "LAST_NAME"),
            FirstName = CardValue.Text(row, "NAME"),
            Phones = CardValue.Multifield(row, "PHONE"),
            Emails = CardValue.Multifield(row, "EMAIL"),
            Products = CardValue.Many(row, SampleFields.Product),
            Branches = CardValue.Many(row, SampleFields.Branch),
            Comments = CardValue.Text(row, "COMMENTS"),
            Status = CardValue.Text(row, SampleFields.Status) is { Length: > 0 } status ? status : null,
            Modified = DateTimeOffset.Parse(CardValue.Text(row, "DATE_MODIFY"), CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Adds the contact, or changes the one with this <paramref name="id"/>.</summary>
    /// <returns>Its ID.</returns>
    public long Write(Bitrix24Portal portal, long? id) =>
        portal.Locked(() =>
        {
            if (id is not { } known)
            {
                return portal.Contacts.Add(Fields(""));
            }

            portal.Contacts.Edit(known, Fields(portal.Contacts.Text(known, SampleFields.Birthdate) ?? ""));
            return known;
        });

    private Dictionary<string, object?> Fields(string held) =>
        new()
        {
            [SampleFields.StudentLastName] = StudentLastName,
            [SampleFields.StudentFirstName] = StudentFirstName,
            [SampleFields.Birthdate] = CardValue.KeepDate(Birthdate, held),
            ["LAST_NAME"] = LastName,
            ["NAME"] = FirstName,
            ["PHONE"] = Phones,
            ["EMAIL"] = Emails,
            [SampleFields.Product] = Products,
            [SampleFields.Branch] = Branches,
            ["COMMENTS"] = Comments,
        };
}

/// <summary>Reads single values of a row as the API shows it.</summary>
internal static class CardValue
{
    public static string Text(PhpArray row, string field) => PhpValue.Text(row[field]);

    public static IReadOnlyList<string> Many(PhpArray row, string field) =>
        row[field] is PhpArray values ? [.. values.Values.Select(PhpValue.Text)] : [];

    public static IReadOnlyList<string> Multifield(PhpArray row, string field) =>
        row[field] is PhpArray values ? [.. values.Values.OfType<PhpArray>().Select(value => Text(value, "VALUE"))] : [];

    /// <summary>The calendar date as it is written.</summary>
    public static string Date(PhpArray row, string field) =>
        Text(row, field) is { Length: > 10 } text && text[10] == 'T' ? text[..10] : Text(row, field);

    /// <summary>
    /// What to write for a date field: nothing new when it is the date of what the record <paramref name="holds"/>, perhaps with a time.
    /// </summary>
    public static string KeepDate(string date, string holds) =>
        holds.StartsWith(date, StringComparison.Ordinal) && date.Length == 10 ? holds : date;
}
