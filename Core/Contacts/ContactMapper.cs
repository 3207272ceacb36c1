using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Contacts;

/// <summary>A contact that can be sent.</summary>
internal sealed record ReadyClient(Client Client) : MappingResult.Ready(OtmechalkaJson.Hash(Client));

/// <summary>Maps a contact to a client: the table of docs/spec.md, section 5.1, row by row; product and branch come first. Pure.</summary>
internal sealed class ContactMapper(ContactMapping mapping)
{
    /// <summary>The columns a contact's card needs.</summary>
    public IReadOnlyList<string> Columns =>
        [
            mapping.StudentLastNameField,
            mapping.StudentFirstNameField,
            "PHONE",
            "EMAIL",
            mapping.ProductField,
            mapping.BranchField,
            mapping.BirthdateField,
            "LAST_NAME",
            "NAME",
        ];

    /// <summary>Maps a contact: it is ready, out of scope, or invalid with all its problems.</summary>
    public MappingResult Map(Card contact)
    {
        var problems = new ProblemList(ContactTexts.Former);
        var routes = Route(contact, problems);
        if (routes.Count == 0 && problems.IsEmpty)
        {
            return new MappingResult.OutOfScope(); // decided before the other fields are looked at
        }

        var client = new Client
        {
            OriginId = contact.Id,
            LastName = problems.Name(contact.Text(mapping.StudentLastNameField), ContactTexts.StudentLastName),
            FirstName = problems.Name(contact.Text(mapping.StudentFirstNameField), ContactTexts.StudentFirstName),
            Phone = problems.Required(contact.FirstValue("PHONE"), ContactTexts.Phone, FieldFormats.Phone, ContactTexts.WrongPhone),
            Email = problems.Optional(contact.FirstValue("EMAIL"), ContactTexts.Email, FieldFormats.Email, ContactTexts.WrongEmail),
            Courses = [.. routes.SelectMany(route => route.Courses).Distinct()],
            BranchOffices = [.. routes.Select(route => route.BranchOffice).Distinct()],
            Birthdate = problems.Optional(
                contact.Text(mapping.BirthdateField),
                ContactTexts.Birthdate,
                FieldFormats.Date,
                ContactTexts.WrongBirthdate
            ),
            Gender = "M",
            AdditionalData =
                problems.Name(contact.Text("LAST_NAME"), ContactTexts.ParentLastName)
                + " "
                + problems.Name(contact.Text("NAME"), ContactTexts.ParentFirstName),
        };
        return problems.IsEmpty ? new ReadyClient(client) : problems.ToResult();
    }

    /// <summary>The rows of the routing table that match, in its order. None and no problem: out of scope.</summary>
    private List<ContactRoute> Route(Card contact, ProblemList problems)
    {
        var products = problems.Whole(contact.References(mapping.ProductField), ContactTexts.Product);
        var branches = problems.Whole(contact.References(mapping.BranchField), ContactTexts.Branch);
        var supported = mapping.Routes.Where(route => products.Contains(route.Product)).ToList();
        var matches = supported.Where(route => route.AnyBranch || branches.Contains(route.Branch!)).ToList();
        if (products.Count == 0)
        {
            problems.Missing(ContactTexts.Product);
        }
        else if (matches.Count == 0 && supported.Count > 0 && branches.Count == 0)
        {
            problems.Missing(ContactTexts.Branch);
        }

        return matches;
    }
}
