using System.CommandLine;
using B24Otmechalka.Core.Otmechalka.Conformance;

namespace B24Otmechalka.Cli.Conformance;

/// <summary>The options of <c>conformance</c>: what may be named on the stand.</summary>
internal sealed class ConformanceArguments
{
    public Option<bool> Yes { get; } = new("--yes") { Description = ConformanceStrings.Of("YesOption") };

    public Option<string[]> Courses { get; } = new("--course") { Description = ConformanceStrings.Of("CourseOption"), HelpName = "ID" };

    public Option<string?> BranchOffice { get; } =
        new("--branchoffice") { Description = ConformanceStrings.Of("BranchOfficeOption"), HelpName = "ID" };

    public Option<string?> TicketType { get; } =
        new("--ticket-type") { Description = ConformanceStrings.Of("TicketTypeOption"), HelpName = ConformanceStrings.Of("Name") };

    public Option<string> Employee { get; } =
        new("--employee")
        {
            Description = ConformanceStrings.Of("EmployeeOption"),
            HelpName = ConformanceStrings.Of("Name"),
            DefaultValueFactory = _ => "Тест Проверкин",
        };

    public Option<string> Phone { get; } =
        new("--phone")
        {
            Description = ConformanceStrings.Of("PhoneOption"),
            HelpName = ConformanceStrings.Of("Digits"),
            DefaultValueFactory = _ => ConformanceOptions.NobodysPhone,
        };

    public void AddTo(Command command)
    {
        command.Add(Yes);
        command.Add(Courses);
        command.Add(BranchOffice);
        command.Add(TicketType);
        command.Add(Employee);
        command.Add(Phone);
    }
}
