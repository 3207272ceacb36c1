namespace B24Otmechalka.Core.Otmechalka;

/// <summary>What otmechalka says, in the managers' words.</summary>
internal static class OtmechalkaTexts
{
    /// <summary>The member of a ticket that holds the name of the deal's product.</summary>
    public const string TicketType = "ticket_type";

    /// <summary>The members of a client and of a ticket, as the managers know them from Bitrix24.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["origin_id"] = "номер карточки",
        ["last_name"] = "фамилия ученика",
        ["first_name"] = "имя ученика",
        ["phone"] = "телефон",
        ["email"] = "e-mail",
        ["courses"] = "продукт",
        ["branchoffices"] = "филиал",
        ["birthdate"] = "дата рождения",
        ["gender"] = "пол",
        ["additional_data"] = "фамилия и имя родителя",
        ["client_origin_id"] = "контакт сделки",
        [TicketType] = "название товара",
        ["price_initial"] = "цена товара",
        ["discount"] = "скидка товара",
        ["price_final"] = "итоговая цена товара",
        ["selling_date"] = "дата продажи",
        ["selling_branchoffice"] = "филиал",
        ["employee"] = "ответственный",
        ["payment_method"] = "способ оплаты",
    };

    /// <summary>otmechalka refuses and says nothing that a person can read.</summary>
    public const string NoReason = "причина не названа, сообщите оператору";

    /// <summary>otmechalka names a field and says of it nothing that a person can read.</summary>
    public const string FieldRefused = "проверьте значение";

    /// <summary>The reason of a refusal; where there is none, that, with what the operator may need.</summary>
    public static string Reason(ErrorLine error, string status) =>
        error.Text.Length > 0 ? error.Text
        : error.Code is { } code && !status.EndsWith(" " + code, StringComparison.Ordinal) ? $"{NoReason} (код {code}, {status})"
        : $"{NoReason} ({status})";

    /// <summary>What a line about one field says of it, without the field's name.</summary>
    /// <param name="line">The line.</param>
    /// <param name="field">The field, by the API's name.</param>
    public static string Words(string line, string field) => line.Replace(Fields[field] + ": ", "", StringComparison.Ordinal);

    /// <summary>What is wrong with a field.</summary>
    public static string OfField(string field, string? text, string? code) =>
        text is not null ? $"{field}: {text}"
        : code is not null ? $"{field}: {FieldRefused} ({code})"
        : $"{field}: {FieldRefused}";
}
