using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Examines everything the service depends on before it runs: storage, Bitrix24 and its fields, otmechalka. Settings and
/// mapping have been read and checked already. Changes nothing, unless it is told to create missing status fields.
/// </summary>
public sealed class Doctor
{
    private readonly StorageExamination storage;
    private readonly PortalQuestions portal;
    private readonly OtmechalkaExamination otmechalka;
    private readonly JobFactory jobs;
    private readonly Settings settings;
    private readonly TimeProvider time;

    internal Doctor(
        StorageExamination storage,
        PortalQuestions portal,
        OtmechalkaExamination otmechalka,
        JobFactory jobs,
        Settings settings,
        TimeProvider time
    ) =>
        (this.storage, this.portal, this.otmechalka, this.jobs, this.settings, this.time) = (
            storage,
            portal,
            otmechalka,
            jobs,
            settings,
            time
        );

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

        var fields = Enum.GetValues<SyncJob>().Select(job => new FieldExamination(portal, jobs.Create(job))).ToList();
        var isKnown = true;
        await foreach (var check in new PortalExamination(portal, settings, time).RunAsync(cancellationToken))
        {
            isKnown &= !check.EndsArea;
            Add(check);
        }

        if (isKnown)
        {
            foreach (var examination in fields)
            {
                (await examination.RunAsync(createsStatusFields, cancellationToken)).ToList().ForEach(Add);
            }

            foreach (var job in Enum.GetValues<SyncJob>().Select(jobs.Create))
            {
                (await new StageExamination(portal, job).RunAsync(cancellationToken)).ToList().ForEach(Add);
            }
        }

        await foreach (var check in otmechalka.RunAsync(cancellationToken))
        {
            Add(check);
        }

        return new DoctorReport(checks, isKnown ? [.. fields.SelectMany(examination => examination.MappedValues)] : []);

        void Add(Check check)
        {
            checks.Add(check);
            progress?.Report(check);
        }
    }
}
