using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The table from which the timers and the alerts both take their time, so that the two cannot disagree.</summary>
public sealed class SchedulesTests
{
    // The windows that a rule may have when it is evaluated every fifteen minutes.
    private static readonly int[] Windows = [15, 30, 45, 60, 120, 180, 240, 300, 360, 1440, 2880];

    private static readonly string[] Jobs = ["contacts", "deals"];

    public static TheoryData<string> Rows =>
        [.. JsonNode.Parse(Repository.Read("infra", "schedules.json"))!.AsArray().Select(row => row!.ToJsonString())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_ItsExpressions_FireAsOftenAsItSays(string text)
    {
        var row = JsonNode.Parse(text)!;
        var period = TimeSpan.FromMinutes(row["minutes"]!.GetValue<int>());

        Assert.All(
            Jobs,
            job =>
            {
                var day = Fires(row[job]!.GetValue<string>()).ToArray();
                var next = day.Skip(1).Append(day[0] + TimeSpan.FromDays(1));
                Assert.All(day.Zip(next), pair => Assert.Equal(period, pair.Second - pair.First));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_ItsJobs_DoNotStartTogether(string text)
    {
        var row = JsonNode.Parse(text)!;

        Assert.Empty(Fires(row["contacts"]!.GetValue<string>()).Intersect(Fires(row["deals"]!.GetValue<string>())));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_ItsWindow_IsTheShortestThatHoldsThreePeriods(string text)
    {
        var row = JsonNode.Parse(text)!;

        Assert.Equal(
            Windows.First(window => window >= 3 * row["minutes"]!.GetValue<int>()),
            (int)XmlConvert.ToTimeSpan(row["window"]!.GetValue<string>()).TotalMinutes
        );
    }

    [Theory]
    [InlineData(true, "0 */5 * * * *", "0 2-59/5 * * * *")]
    [InlineData(false, "0 0 * * * *", "0 30 * * * *")]
    public void Timers_OfADeployment_AreTheRowsOfItsMinutes(bool isProduction, string contacts, string deals)
    {
        var settings = (isProduction ? Deployment.Production : Deployment.Test).Settings;

        Assert.Equal(contacts, settings["CONTACT_SYNC_SCHEDULE"]);
        Assert.Equal(deals, settings["DEAL_SYNC_SCHEDULE"]);
    }

    // The times of a day at which an NCRONTAB expression fires; days, months and weekdays must be stars.
    private static IEnumerable<TimeSpan> Fires(string expression)
    {
        var fields = expression.Split(' ');
        Assert.Equal(6, fields.Length);
        Assert.Equal("* * *", string.Join(' ', fields[3..]));
        return from hour in Values(fields[2], 24)
            from minute in Values(fields[1], 60)
            from second in Values(fields[0], 60)
            select new TimeSpan(hour, minute, second);
    }

    private static IEnumerable<int> Values(string field, int count)
    {
        var parts = field.Split('/');
        var step = parts.Length == 2 ? Number(parts[1]) : 1;
        var (from, to) =
            parts[0] == "*" ? (0, count - 1)
            : parts[0].Split('-') is [var first, var last] ? (Number(first), Number(last))
            : (Number(parts[0]), Number(parts[0]));
        return Enumerable.Range(0, count).Where(value => value >= from && value <= to && (value - from) % step == 0);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
