using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Inspection;

/// <summary>
/// Examines everything the service depends on before it runs: storage, Bitrix24 and its fields, otmechalka. Settings and
/// mapping have been read and checked already. Changes nothing, unless it is told to create missing status fields.
/// </summary>
public sealed class Doctor
{
    private readonly StorageExamination storage;
    private readonly PortalQuestions portal;
    private readonly OtmechalkaExamination otmechalka;
    private readonly Settings settings;
    private readonly TimeProvider time;

    internal Doctor(StorageExamination storage, PortalQuestions portal, OtmechalkaExamination otmechalka, Settings settings, TimeProvider time) =>
        (this.storage, this.portal, this.otmechalka, this.settings, this.time) = (storage, portal, otmechalka, settings, time);

    /// <summary>Makes all checks; one that fails keeps none from being made but those that depend on it.</summary>
    /// <param name="createsStatusFields">Whether missing status fields are created.</param>
    /// <param name="progress">Told of each check as it is made.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    public async Task<DoctorReport> ExamineAsync(bool createsStatusFields, IProgress<Check>? progress, CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        await foreach (var check in storage.RunAsync(cancellationToken))
        {
            Add(check);
        }

        var contacts = new FieldExamination(portal, "contact", FieldRule.OfContacts(settings));
        var deals = new FieldExamination(portal, "deal", FieldRule.OfDeals(settings));
        var isKnown = true;
        await foreach (var check in new PortalExamination(portal, settings, time).RunAsync(cancellationToken))
        {
            isKnown &= check is not { Name: "webhook", Result: CheckResult.Failure };
            Add(check);
        }

        if (isKnown)
        {
            (await contacts.RunAsync(createsStatusFields, cancellationToken)).ToList().ForEach(Add);
            (await deals.RunAsync(createsStatusFields, cancellationToken)).ToList().ForEach(Add);
            (await new StageExamination(portal, settings.Deal).RunAsync(cancellationToken)).ToList().ForEach(Add);
        }

        await foreach (var check in otmechalka.RunAsync(cancellationToken))
        {
            Add(check);
        }

        return new DoctorReport(checks, isKnown ? [.. MappingLabels.OfContacts(settings, contacts.Fields), .. MappingLabels.OfDeals(settings, deals.Fields)] : []);

        void Add(Check check)
        {
            checks.Add(check);
            progress?.Report(check);
        }
    }
}
