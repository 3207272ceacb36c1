using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Checks that the status field exists and is a single text field, because an update answers <c>true</c> all the same (docs/spec.md,
/// section 7). Made before each full resync, so under a new configuration and daily, not in each run.
/// </summary>
internal static class StatusFieldCheck
{
    /// <summary>Checks.</summary>
    /// <exception cref="ConfigurationException">The field does not exist, or is not a single text field.</exception>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public static async Task RunAsync(Bitrix24Client client, JobDefinition job, CancellationToken cancellationToken)
    {
        var (entity, field) = (job.Table.Entity, job.Table.StatusField);
        if (await new PortalQuestions(client).FieldsAsync(entity, cancellationToken) is not { } fields)
        {
            return; // a webhook that may not describe fields may still do its work; the doctor says so
        }

        var problem = fields.GetValueOrDefault(field) switch
        {
            null => ConfigurationStrings.Of("StatusFieldMissing", field),
            // One that does not tell its type gets the benefit of the doubt.
            { Type: not ("string" or "") and var type } => ConfigurationStrings.Of("StatusFieldType", field, type),
            { IsMultiple: true } => ConfigurationStrings.Of("StatusFieldMultiple", field),
            _ => null,
        };
        if (problem is not null)
        {
            throw new ConfigurationException([new ConfigurationProblem(job.StatusFieldSetting, problem)]);
        }
    }
}
