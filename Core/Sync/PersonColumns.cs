using B24Otmechalka.Core.Bitrix24;

namespace B24Otmechalka.Core.Sync;

/// <summary>Which columns of a card tell whom it is about, so that an operator finds it by a name or a phone number.</summary>
internal sealed record PersonColumns
{
    /// <summary>The pupil; <see langword="null"/> where the card does not name him.</summary>
    public NameColumns? Pupil { get; init; }

    /// <summary>The parent; <see langword="null"/> where the card does not name one.</summary>
    public NameColumns? Parent { get; init; }

    /// <summary>The phone numbers; <see langword="null"/> where the card has none.</summary>
    public string? Phone { get; init; }

    /// <summary>The pupil's birth date; <see langword="null"/> where the card has none.</summary>
    public string? Birthdate { get; init; }

    /// <summary>The ID of the contact that the card is about; <see langword="null"/> for a contact itself.</summary>
    public string? Contact { get; init; }
}

/// <summary>A person's name in two columns.</summary>
internal sealed record NameColumns(string LastName, string FirstName)
{
    /// <summary>Surname and first name as far as they are filled in; <see langword="null"/> when neither is.</summary>
    public string? Of(Card card) =>
        string.Join(' ', new[] { card.Text(LastName), card.Text(FirstName) }.OfType<string>()) is { Length: > 0 } name ? name : null;
}
