using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// <c>crm.duplicate.findbycomm</c> for contacts: who has one of these phones (docs/bitrix24.md, section 10). How the portal compares
/// notations is not documented; here the digits have to be the same.
/// </summary>
internal sealed class DuplicateMethod(Bitrix24Portal portal)
{
    private const string Contact = "CONTACT";
    private const int MostValues = 20;
    private const int MostFound = 20;

    public RestMethod Find => new("crm.duplicate.findbycomm", ["crm"], _ => CallCost.Get, Handle);

    private MethodResult Handle(RestCall call)
    {
        var type = PhpValue.Text(call.Parameter("type"));
        var values = PhpValue.Many(call.Parameter("values")).Select(PhpValue.Text).Take(MostValues).Select(Digits).ToHashSet();
        var entity = PhpValue.Text(call.Parameter("entity_type"));
        if (type != "PHONE" || values.Count == 0)
        {
            throw RestException.OfMethod("Communication type is not defined or invalid.");
        }

        var phone = portal.Contacts.Schema.Get("PHONE");
        var ids = portal
            .Contacts.Table.ById.Range(0, portal.Contacts.Table.ById.Count)
            .Where(record => record[phone] is Multifield[] phones && phones.Any(item => values.Contains(Digits(item.Value))))
            .Select(record => record.Id)
            .Take(MostFound)
            .ToList();
        return new MethodResult(
            ids.Count == 0 || entity is not ("" or Contact)
                ? PhpArray.List([])
                : new PhpArray { [Contact] = PhpArray.List(ids.Select(id => (object?)id)) }
        );
    }

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));
}
