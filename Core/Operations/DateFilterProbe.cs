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
    private const string Area = "Bitrix24";
    private const string Name = "date filters";
    private const string Entity = "contact";
    private const string Since = ">=" + EntityQueries.Modified;
    private static readonly TimeSpan FarEast = TimeSpan.FromHours(14);

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
            return Check.Warn(Area, Name, "there is no contact to try them on, or none is visible", "run doctor again when there is one");
        }

        var withOffset = await CountAsync(EntityQueries.Format(latest), cancellationToken);
        var behind = await CountAsync(EntityQueries.Format(latest.AddSeconds(1)), cancellationToken);
        var elsewhere = await CountAsync(EntityQueries.Format(latest.ToOffset(FarEast)), cancellationToken);
        var bare = await CountAsync(Bare(latest), cancellationToken);
        var bareBehind = await CountAsync(Bare(latest.AddSeconds(1)), cancellationToken);
        var zone = bare > 0 && bareBehind < bare ? "a time without one is the portal's own" : "a time without one is not the portal's own";
        return Judge(latest, ours, zone, withOffset, behind, elsewhere);
    }

    private static Check Judge(DateTimeOffset latest, TimeSpan ours, string zone, int withOffset, int behind, int elsewhere)
    {
        if (withOffset == 0)
        {
            return Check.Fail(
                Area,
                Name,
                $"a time with an offset is not understood; {zone}",
                "the service cannot read this portal: tell its maintainers"
            );
        }

        if (behind >= withOffset)
        {
            return Check.Fail(
                Area,
                Name,
                "a filter by DATE_MODIFY is ignored",
                "the service cannot read this portal: tell its maintainers"
            );
        }

        if (elsewhere > 0)
        {
            return Check.Ok(Area, Name, $"offsets are heeded; {zone}");
        }

        var detail = $"offsets are ignored, all times are taken as the portal's own ({Offset(latest.Offset)})";
        return latest.Offset == ours
            ? Check.Warn(Area, Name, detail, $"works as long as the portal stays at {Offset(ours)}, as SYNC_START_DATE is")
            : Check.Fail(
                Area,
                Name,
                detail,
                $"give SYNC_START_DATE with the portal's offset, e.g. 2020-12-20T00:00:00{Offset(latest.Offset)}"
            );
    }

    private Task<int> CountAsync(string moment, CancellationToken cancellationToken) =>
        portal.CountAsync(Entity, Since, moment, cancellationToken);

    private static string Bare(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
}
