namespace B24Otmechalka.Core.Contacts;

/// <summary>The contact's part of <c>mapping.json</c>, section <c>Mapping:Contact</c> (docs/spec.md, section 5.1).</summary>
public sealed class ContactMapping
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mapping:Contact";

    /// <summary>Code of the field «Статус синхронизации». Required; none of the others.</summary>
    public string StatusField { get; set; } = "";

    /// <summary>Code of the field with the student's surname.</summary>
    public string StudentLastNameField { get; set; } = "";

    /// <summary>Code of the field with the student's first name.</summary>
    public string StudentFirstNameField { get; set; } = "";

    /// <summary>Code of the field with the birth date.</summary>
    public string BirthdateField { get; set; } = "";

    /// <summary>Code of the multiple field with the products.</summary>
    public string ProductField { get; set; } = "";

    /// <summary>Code of the multiple field with the branches.</summary>
    public string BranchField { get; set; } = "";

    /// <summary>The supported products and branches, in the order in which their courses and branch offices are sent.</summary>
    public IList<ContactRoute> Routes { get; set; } = [];
}

/// <summary>One row of the routing table.</summary>
public sealed class ContactRoute
{
    /// <summary>List value of the product in Bitrix24.</summary>
    public string Product { get; set; } = "";

    /// <summary>List value of the branch in Bitrix24; empty means any, or none.</summary>
    public string? Branch { get; set; }

    /// <summary>IDs of the courses in otmechalka.</summary>
    public IList<string> Courses { get; set; } = [];

    /// <summary>ID of the branch office in otmechalka.</summary>
    public string BranchOffice { get; set; } = "";

    internal bool AnyBranch => string.IsNullOrEmpty(Branch);
}
