using System.Globalization;
using B24Otmechalka.Core.Bitrix24;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// What the portal makes of times in filters: it is disputed whether it heeds an offset (docs/bitrix24.md, section 4). Counts the
/// contacts changed since the latest change, with that moment written in several ways: the count must be the same in each
/// way that is understood, and none must be left a second later.
/// </summary>
internal sealed class DateFilterProbe(PortalQuestions portal)
{
    private const string Entity = "contact";
    private const string Since = ">=" + EntityQueries.Modified;
    private static readonly TimeSpan FarEast = TimeSpan.FromHours(14);

    private static string Area => OperationsStrings.Of("AreaBitrix24");

    private static string Name => OperationsStrings.Of("DateFilters");

    /// <summary>Probes; <paramref name="ours"/> is the offset of our own start date.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public async Task<Check> RunAsync(TimeSpan ours, CancellationToken cancellationToken)
    {
        var check = await TryAsync(ours, cancellationToken);
        // Somebody may have saved a contact between two counts.
        return check.Result == CheckResult.Failure ? await TryAsync(ours, cancellationToken) : check;
    }

    private async Task<Check> TryAsync(TimeSpan ours, CancellationToken cancellationToken)
    {
        if (await portal.LatestChangeAsync(Entity, cancellationToken) is not { } latest)
        {
            return Check.Warn(Area, Name, OperationsStrings.Of("DateFiltersNoContact"), OperationsStrings.Of("DateFiltersNoContactAdvice"));
        }

        var withOffset = await CountAsync(EntityQueries.Format(latest), cancellationToken);
        var behind = await CountAsync(EntityQueries.Format(latest.AddSeconds(1)), cancellationToken);
        var elsewhere = await CountAsync(EntityQueries.Format(latest.ToOffset(FarEast)), cancellationToken);
        var bare = await CountAsync(Bare(latest), cancellationToken);
        var bareBehind = await CountAsync(Bare(latest.AddSeconds(1)), cancellationToken);
        var zone = OperationsStrings.Of(bare > 0 && bareBehind < bare ? "ZoneOwn" : "ZoneOther");
        return Judge(latest, ours, zone, withOffset, behind, elsewhere);
    }

    private static Check Judge(DateTimeOffset latest, TimeSpan ours, string zone, int withOffset, int behind, int elsewhere)
    {
        if (withOffset == 0)
        {
            return Check.Fail(Area, Name, OperationsStrings.Of("OffsetNotUnderstood", zone), OperationsStrings.Of("PortalUnfit"));
        }

        if (behind >= withOffset)
        {
            return Check.Fail(Area, Name, OperationsStrings.Of("FilterIgnored"), OperationsStrings.Of("PortalUnfit"));
        }

        if (elsewhere > 0)
        {
            return Check.Ok(Area, Name, OperationsStrings.Of("OffsetsHeeded", zone));
        }

        var detail = OperationsStrings.Of("OffsetsIgnored", Offset(latest.Offset));
        return latest.Offset == ours
            ? Check.Warn(Area, Name, detail, OperationsStrings.Of("OffsetsSame", Offset(ours)))
            : Check.Fail(Area, Name, detail, OperationsStrings.Of("OffsetsDiffer", Offset(latest.Offset)));
    }

    private Task<int> CountAsync(string moment, CancellationToken cancellationToken) =>
        portal.CountAsync(Entity, Since, moment, cancellationToken);

    private static string Bare(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
}
