using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Otmechalka.Conformance;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Conformance;

/// <summary>
/// <c>conformance [--yes]</c>: whether otmechalka at the configured address keeps the contract. Needs only otmechalka's settings.
/// </summary>
internal sealed class ConformanceCommand(Session session, ConformanceArguments arguments)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var arguments = new ConformanceArguments();
        var command = new Command("conformance", ConformanceStrings.Of("Command"));
        arguments.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () => new ConformanceCommand(session, arguments).RunAsync(parsed, cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var examined = session.ExamineOtmechalka();
        var sent = OptionsOf(parsed, examined);
        var options = examined.OrThrow();
        var isAllowed = parsed.GetValue(arguments.Yes);
        if (!isAllowed && !(session.Context.IsInputTerminal && session.Context.IsErrorTerminal))
        {
            throw new CommandException(ExitCode.Configuration, ConformanceStrings.Of("NeedsYes", ConformanceOptions.Prefix + sent.Run));
        }

        await using var services = session.Build(services => services.AddConformance(options));
        var report = await services
            .GetRequiredService<ConformanceRun>()
            .RunAsync(sent, async () => isAllowed || await AskAsync(sent, cancellationToken), progress: null, cancellationToken);
        if (session.IsJson)
        {
            session.Print(ConformanceJson.Of(report, options, sent));
        }
        else
        {
            new ConformanceText(session.Screen).Show(report, options.BaseUrl, sent);
        }

        return CodeOf(report);
    }

    // What is missing is told together with what is wrong with the settings, all at once.
    private ConformanceOptions OptionsOf(ParseResult parsed, ExaminedOtmechalka examined)
    {
        var courses = parsed.GetValue(arguments.Courses) is { Length: > 0 } named ? named : [.. examined.Mapped.Courses];
        var branch = parsed.GetValue(arguments.BranchOffice) ?? examined.Mapped.BranchOffice;
        var type = parsed.GetValue(arguments.TicketType);
        List<ConfigurationProblem> problems = [.. examined.Problems];
        Need(courses.Length > 0, arguments.Courses, "NeedsCourse");
        Need(!string.IsNullOrWhiteSpace(branch), arguments.BranchOffice, "NeedsBranchOffice");
        Need(!string.IsNullOrWhiteSpace(type), arguments.TicketType, "NeedsTicketType");
        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }

        return new ConformanceOptions
        {
            Courses = courses,
            BranchOffice = branch!,
            SellingBranchOffice = parsed.GetValue(arguments.BranchOffice) ?? examined.Mapped.SellingBranchOffice ?? branch!,
            TicketType = type!,
            Employee = parsed.GetValue(arguments.Employee)!,
            Phone = parsed.GetValue(arguments.Phone)!,
            Run = NewRun(),
        };

        void Need(bool isThere, Option option, string key)
        {
            if (!isThere)
            {
                problems.Add(new ConfigurationProblem(option.Name, ConformanceStrings.Of(key)));
            }
        }
    }

    private string NewRun() =>
        session.Context.Time.GetUtcNow().ToString("yyMMdd", CultureInfo.InvariantCulture)
        + "-"
        + RandomNumberGenerator.GetHexString(4, lowercase: true);

    private async Task<bool> AskAsync(ConformanceOptions sent, CancellationToken cancellationToken)
    {
        var question = ConformanceStrings.Of("Question", ConformanceOptions.Prefix + sent.Run, sent.Phone);
        await session.Context.Error.WriteAsync(string.Join(Environment.NewLine, LineWrap.Lines(question, LineWrap.Columns)));
        var answer = (await session.Context.ReadLine(false, cancellationToken) ?? "").Trim();
        return answer.Length > 0 && "yYдД".Contains(answer[0], StringComparison.Ordinal);
    }

    private static int CodeOf(ConformanceReport report) =>
        report.End switch
        {
            ConformanceEnd.Unavailable => ExitCode.Unavailable,
            ConformanceEnd.Declined or ConformanceEnd.Cancelled => ExitCode.Cancelled,
            ConformanceEnd.Stopped => ExitCode.Configuration,
            _ => report.Findings.Any(finding => finding.IsBroken) ? ExitCode.Configuration : ExitCode.Done,
        };
}
