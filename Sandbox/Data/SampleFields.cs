using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Fields;

namespace B24Otmechalka.Sandbox.Data;

/// <summary>
/// The school's user fields with their list values (docs/spec.md, section 5); values that are not supported are there as well.
/// </summary>
internal static class SampleFields
{
    public const string Status = "UF_CRM_SYNC_STATUS";
    public const string StudentLastName = "UF_CRM_57AD7FAF7E6C4";
    public const string StudentFirstName = "UF_CRM_1608028374";
    public const string Birthdate = "UF_CRM_1607943642";
    public const string Product = "UF_CRM_58D15BB9CA8F4";

    /// <summary>The same code in contacts and deals, with different list values.</summary>
    public const string Branch = "UF_CRM_1470852549";
    public const string SellingDate = "UF_CRM_58D1057919A6F";
    public const string PaymentMethod = "UF_CRM_1490347942";

    public static void AddTo(Bitrix24Portal portal) =>
        portal.Locked(() =>
        {
            var contact = portal.Contacts.Schema;
            contact.Add(Define(101, StudentLastName, "string", "Фамилия ученика"));
            contact.Add(Define(102, StudentFirstName, "string", "Имя ученика"));
            contact.Add(Define(103, Birthdate, "date", "Дата рождения ученика"));
            contact.Add(
                Define(
                    104,
                    Product,
                    "enumeration",
                    "Продукт",
                    multiple: true,
                    items:
                    [
                        new("404", "Обучение шахматам"),
                        new("406", "Шахматный лагерь"),
                        new("408", "Турниры"),
                        new("410", "Онлайн школа"),
                    ]
                )
            );
            contact.Add(
                Define(
                    105,
                    Branch,
                    "enumeration",
                    "Филиал",
                    multiple: true,
                    items: [new("48", "Гоголевский"), new("348", "Беляево"), new("350", "Митино"), new("12708", "Сколково")]
                )
            );
            contact.Add(Define(106, Status, "string", "Статус синхронизации"));

            var deal = portal.Deals.Schema;
            deal.Add(Define(201, SellingDate, "date", "Дата продажи"));
            deal.Add(
                Define(
                    202,
                    Branch,
                    "enumeration",
                    "Филиал",
                    multiple: true,
                    items: [new("186", "Гоголевский"), new("348", "Беляево"), new("12706", "Сколково")]
                )
            );
            deal.Add(
                Define(
                    203,
                    PaymentMethod,
                    "enumeration",
                    "Способ оплаты",
                    items: [new("450", "Наличные"), new("452", "Онлайн"), new("454", "Безналичный")]
                )
            );
            deal.Add(Define(204, Status, "string", "Статус синхронизации"));
        });

    private static FieldDefinition Define(
        long id,
        string name,
        string type,
        string label,
        bool multiple = false,
        IReadOnlyList<ListItem>? items = null
    ) =>
        new()
        {
            Id = id,
            Name = name,
            Type = type,
            Label = label,
            Multiple = multiple,
            Dynamic = true,
            Items = items ?? [],
        };
}
