using System.Globalization;
using System.Text.RegularExpressions;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary><c>crm.*.userfield.list</c> and <c>.add</c> (docs/bitrix24.md, section 10). Adding needs a CRM administrator.</summary>
internal sealed partial class UserFieldMethods(EntityStore store, string name, Func<long> nextId)
{
    private const int LongestName = 50;
    private static readonly string[] Types =
    [
        "string",
        "integer",
        "double",
        "boolean",
        "enumeration",
        "date",
        "datetime",
        "money",
        "url",
        "address",
        "file",
        "employee",
    ];

    public IEnumerable<RestMethod> All()
    {
        yield return new RestMethod($"crm.{name}.userfield.list", ["crm"], _ => CallCost.Other, List);
        yield return new RestMethod($"crm.{name}.userfield.add", ["crm"], _ => CallCost.Update, Add);
    }

    private MethodResult List(RestCall call)
    {
        var filter = call.Array("filter");
        var language = PhpValue.Text(filter["LANG"]);
        var rows = store
            .Schema.UserFields.Select(field => Row(field, language))
            .Where(row =>
                filter.All(condition =>
                    !row.TryGet(condition.Key, out var value) || value is PhpArray || PhpValue.Text(value) == PhpValue.Text(condition.Value)
                )
            )
            .ToList();
        return new MethodResult(PhpArray.List(rows), rows.Count);
    }

    private PhpArray Row(FieldDefinition field, string language)
    {
        var row = new PhpArray
        {
            ["ID"] = field.Id.ToString(CultureInfo.InvariantCulture),
            ["ENTITY_ID"] = store.Schema.EntityId,
            ["FIELD_NAME"] = field.Name,
            ["USER_TYPE_ID"] = field.Type,
            ["XML_ID"] = null,
            ["SORT"] = "100",
            ["MULTIPLE"] = field.Multiple ? "Y" : "N",
            ["MANDATORY"] = field.Required ? "Y" : "N",
            ["SHOW_FILTER"] = "E",
            ["SHOW_IN_LIST"] = "Y",
            ["EDIT_IN_LIST"] = "Y",
            ["IS_SEARCHABLE"] = "N",
            ["SETTINGS"] = new PhpArray(),
        };
        if (field.Type == "enumeration")
        {
            row["LIST"] = PhpArray.List(
                field.Items.Select(
                    (item, index) =>
                        new PhpArray
                        {
                            ["ID"] = item.Id,
                            ["SORT"] = ((index + 1) * 10).ToString(CultureInfo.InvariantCulture),
                            ["VALUE"] = item.Value,
                            ["DEF"] = "N",
                            ["XML_ID"] = "",
                        }
                )
            );
        }

        if (language.Length > 0)
        {
            foreach (var label in (string[])["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL"])
            {
                row[label] = field.Label;
            }
        }

        return row;
    }

    private MethodResult Add(RestCall call)
    {
        if (!call.Webhook.Admin)
        {
            throw RestException.OfMethod("Access denied.");
        }

        var fields = call.Array("fields");
        var type = PhpValue.Text(fields["USER_TYPE_ID"]);
        var given = PhpValue.Text(fields["FIELD_NAME"]);
        var code = given.StartsWith("UF_CRM_", StringComparison.Ordinal) ? given : "UF_CRM_" + given;
        var problems = new List<string>();
        if (given.Length == 0 || !NamePattern().IsMatch(code))
        {
            problems.Add("The field name is invalid: A-Z, 0-9 and _ are allowed.");
        }

        if (code.Length > LongestName)
        {
            problems.Add("The field name is longer than 50 characters.");
        }

        if (!Types.Contains(type))
        {
            problems.Add("The field type is unknown.");
        }

        if (store.Schema.Find(code) is not null)
        {
            problems.Add($"Field {code} already exists.");
        }

        if (problems.Count > 0)
        {
            throw RestException.OfMethod(string.Join('\n', problems), "ERROR_CORE");
        }

        var field = new FieldDefinition
        {
            Id = nextId(),
            Name = code,
            Type = type,
            Dynamic = true,
            Multiple = PhpValue.Text(fields["MULTIPLE"]) == "Y",
            Required = PhpValue.Text(fields["MANDATORY"]) == "Y",
            Label = LabelOf(fields, code),
            Items =
            [
                .. PhpValue
                    .Many(fields["LIST"] ?? new PhpArray())
                    .OfType<PhpArray>()
                    .Select(item => new ListItem(nextId().ToString(CultureInfo.InvariantCulture), PhpValue.Text(item["VALUE"]))),
            ],
        };
        store.Schema.Add(field);
        return new MethodResult(field.Id);
    }

    /// <summary><c>LABEL</c>, or a label by language; else the code.</summary>
    private static string LabelOf(PhpArray fields, string code)
    {
        foreach (var name in (string[])["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LABEL"])
        {
            var label = fields[name] is PhpArray byLanguage ? byLanguage["ru"] ?? byLanguage.Values.FirstOrDefault() : fields[name];
            if (PhpValue.Text(label) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return code;
    }

    [GeneratedRegex("^UF_CRM_[A-Z0-9_]+$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
