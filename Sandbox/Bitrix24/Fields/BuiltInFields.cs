namespace B24Otmechalka.Sandbox.Bitrix24.Fields;

/// <summary>The fields that every portal has (CT/crm-contact-fields.md, DL/crm-deal-fields.md).</summary>
internal static class BuiltInFields
{
    /// <summary>docs/bitrix24.md, section 5: cannot be set by an update.</summary>
    private static readonly string[] ReadOnly =
    [
        "ID",
        "DATE_CREATE",
        "DATE_MODIFY",
        "CREATED_BY_ID",
        "MODIFY_BY_ID",
        "STAGE_SEMANTIC_ID",
        "IS_NEW",
        "CLOSED",
        "CATEGORY_ID",
        "LEAD_ID",
        "LAST_ACTIVITY_TIME",
        "HAS_PHONE",
        "HAS_EMAIL",
    ];

    public static IEnumerable<FieldDefinition> OfContact() =>
        Define(
            "ID:integer HONORIFIC:crm_status NAME:string SECOND_NAME:string LAST_NAME:string PHOTO:file BIRTHDATE:date TYPE_ID:crm_status "
                + "SOURCE_ID:crm_status SOURCE_DESCRIPTION:string POST:string ADDRESS:string COMMENTS:string OPENED:char EXPORT:char "
                + "HAS_PHONE:char HAS_EMAIL:char ASSIGNED_BY_ID:user CREATED_BY_ID:user MODIFY_BY_ID:user DATE_CREATE:datetime "
                + "DATE_MODIFY:datetime COMPANY_ID:crm_company LEAD_ID:crm_lead ORIGINATOR_ID:string ORIGIN_ID:string "
                + "ORIGIN_VERSION:string "
                + "FACE_ID:integer LAST_ACTIVITY_TIME:datetime UTM_SOURCE:string UTM_MEDIUM:string UTM_CAMPAIGN:string UTM_CONTENT:string "
                + "UTM_TERM:string PHONE:crm_multifield EMAIL:crm_multifield WEB:crm_multifield IM:crm_multifield"
        );

    public static IEnumerable<FieldDefinition> OfDeal() =>
        Define(
            "ID:integer TITLE:string TYPE_ID:crm_status CATEGORY_ID:crm_category STAGE_ID:crm_status STAGE_SEMANTIC_ID:string IS_NEW:char "
                + "IS_RECURRING:char IS_RETURN_CUSTOMER:char IS_REPEATED_APPROACH:char PROBABILITY:integer CURRENCY_ID:crm_currency "
                + "OPPORTUNITY:double IS_MANUAL_OPPORTUNITY:char TAX_VALUE:double COMPANY_ID:crm_company CONTACT_ID:crm_contact "
                + "QUOTE_ID:integer BEGINDATE:date CLOSEDATE:date OPENED:char CLOSED:char COMMENTS:string ASSIGNED_BY_ID:user "
                + "CREATED_BY_ID:user MODIFY_BY_ID:user DATE_CREATE:datetime DATE_MODIFY:datetime SOURCE_ID:crm_status "
                + "SOURCE_DESCRIPTION:string LEAD_ID:crm_lead ADDITIONAL_INFO:string LOCATION_ID:string ORIGINATOR_ID:string "
                + "ORIGIN_ID:string "
                + "LAST_ACTIVITY_TIME:datetime UTM_SOURCE:string UTM_MEDIUM:string UTM_CAMPAIGN:string UTM_CONTENT:string UTM_TERM:string"
        );

    private static IEnumerable<FieldDefinition> Define(string fields)
    {
        foreach (var field in fields.Split(' '))
        {
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            var (name, type) = (field[..colon], field[(colon + 1)..]);
            yield return new FieldDefinition
            {
                Name = name,
                Type = type,
                Multiple = type == "crm_multifield",
                ReadOnly = ReadOnly.Contains(name),
                Label = name,
            };
        }
    }
}
