using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Examines everything the service depends on before it runs: storage, Bitrix24 and its fields, otmechalka. Settings and
/// mapping have been read and checked already. Changes nothing, unless it is told to create missing status fields.
/// </summary>
internal sealed class Doctor(
    StorageExamination storage,
    PortalQuestions portal,
    OtmechalkaExamination otmechalka,
    JobFactory jobs,
    Settings settings,
    TimeProvider time
)
{
    /// <summary>
    /// Makes all checks that can be made with what is set, in the order of docs/operatoru.md; one that fails keeps none from being made but
    /// those that depend on it.
    /// </summary>
    /// <param name="known">What is set; what is wrong with it is told elsewhere.</param>
    /// <param name="createsStatusFields">Whether missing status fields are created.</param>
    /// <param name="progress">Told of each check as it is made.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    public async Task<DoctorReport> ExamineAsync(
        KnownSystems known,
        bool createsStatusFields,
        IProgress<Check>? progress,
        CancellationToken cancellationToken
    )
    {
        var checks = new List<Check>();
        var fields = new List<FieldExamination>();
        if (known.HasFlag(KnownSystems.Bitrix24))
        {
            await ExaminePortalAsync(fields, createsStatusFields, Add, cancellationToken);
        }

        if (known.HasFlag(KnownSystems.Otmechalka))
        {
            await foreach (var check in otmechalka.RunAsync(cancellationToken))
            {
                Add(check);
            }
        }

        if (known.HasFlag(KnownSystems.Storage))
        {
            await foreach (var check in storage.RunAsync(cancellationToken))
            {
                Add(check);
            }
        }

        return new DoctorReport(checks, [.. fields.SelectMany(examination => examination.MappedValues)]);

        void Add(Check check)
        {
            checks.Add(check);
            progress?.Report(check);
        }
    }

    private async Task ExaminePortalAsync(
        List<FieldExamination> fields,
        bool createsStatusFields,
        Action<Check> add,
        CancellationToken cancellationToken
    )
    {
        await foreach (var check in new PortalExamination(portal, settings.Sync.StartDate.Offset, time).RunAsync(cancellationToken))
        {
            add(check);
            if (check.EndsArea)
            {
                return;
            }
        }

        foreach (var job in Enum.GetValues<SyncJob>().Select(jobs.Create))
        {
            fields.Add(new FieldExamination(portal, job));
            (await fields[^1].RunAsync(createsStatusFields, cancellationToken)).ToList().ForEach(add);
            (await new StageExamination(portal, job).RunAsync(cancellationToken)).ToList().ForEach(add);
        }
    }
}

/// <summary>The systems that can be asked, because what they need is set.</summary>
[Flags]
public enum KnownSystems
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The webhook is set.</summary>
    Bitrix24 = 1,

    /// <summary>Address and key are set.</summary>
    Otmechalka = 2,

    /// <summary>The storage is set.</summary>
    Storage = 4,
}
