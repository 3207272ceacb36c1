using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>What a run has found and left behind so far.</summary>
internal sealed class Book(IProgress<Finding>? progress, SecretMask mask)
{
    private readonly List<Finding> findings = [];
    private readonly List<CreatedRecord> created = [];

    public IReadOnlyList<Finding> Findings => findings;

    public IReadOnlyList<CreatedRecord> Created => created;

    /// <summary>Notes how far a point is kept.</summary>
    /// <returns>Whether it is.</returns>
    public bool Note(string check, Deviation? deviation, Exchange answer, string? field = null) =>
        Note(check, deviation, answer.Evidence, field);

    /// <inheritdoc cref="Note(string, Deviation?, Exchange, string?)"/>
    public bool Note(string check, Deviation? deviation, string evidence, string? field = null)
    {
        Add(new Finding(check, field, deviation?.Conformity ?? Conformity.Kept, deviation, mask.Apply(evidence)));
        return deviation is null;
    }

    /// <summary>Notes that these points could not be looked at.</summary>
    public void Skip(params IEnumerable<string> checks)
    {
        foreach (var check in checks.Where(check => !findings.Exists(finding => finding.Check == check)))
        {
            Add(new Finding(check, null, Conformity.Skipped, null, ""));
        }
    }

    /// <summary>Remembers what was created, if it was and is not known yet.</summary>
    public void Remember(string kind, string originId, Exchange answer)
    {
        var record = new CreatedRecord(kind, originId, answer.Id);
        if (answer.IsSuccess && answer.Id.Length > 0 && !created.Contains(record))
        {
            created.Add(record);
        }
    }

    private void Add(Finding finding)
    {
        findings.Add(finding);
        progress?.Report(finding);
    }
}
