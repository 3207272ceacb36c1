using System.Collections.Frozen;

namespace B24Otmechalka.Core.Contacts;

/// <summary>The status texts of a contact, in the managers' words.</summary>
internal static class ContactTexts
{
    public const string StudentLastName = "фамилия ученика";
    public const string StudentFirstName = "имя ученика";
    public const string Phone = "телефон";
    public const string Email = "e-mail";
    public const string Birthdate = "дата рождения";
    public const string Product = "продукт";
    public const string Branch = "филиал";
    public const string ParentLastName = "фамилия родителя";
    public const string ParentFirstName = "имя родителя";

    public const string WrongPhone = "телефон (нужен один номер, например +7 926 123-45-67)";
    public const string WrongEmail = "e-mail (нужен один адрес, например name@example.com)";
    public const string WrongBirthdate = "дата рождения (выберите дату в календаре)";

    public const string NotToBeChanged = "посетитель закрыт для изменений, верните его из архива (HTTP 404)";

    /// <summary>How version 1.0.0 worded the same problems: a card that holds such a text keeps it until it is changed.</summary>
    public static readonly FrozenDictionary<string, string> Former = new Dictionary<string, string>
    {
        [WrongEmail] = "e-mail (например name@example.com)",
        [WrongBirthdate] = "дата рождения (такой даты нет)",
    }.ToFrozenDictionary();
}
