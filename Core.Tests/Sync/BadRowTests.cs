using System.Text;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>One bad row is that row's matter (docs/spec.md, section 6), wherever on a page and in a chain of pages it stands.</summary>
public sealed class BadRowTests
{
    private static readonly string?[] BadIds =
    [
        null,
        "\"\"",
        "\"0\"",
        "0",
        "-5",
        "\"-5\"",
        "\"x\"",
        "1.5",
        "\"1e3\"",
        "1e3",
        "true",
        "[]",
        "{}",
        "[\"7\"]",
        "\"99999999999999999999\"",
        "\"٣\"",
    ];
    private static readonly string?[] BadTimes =
    [
        null,
        "\"\"",
        "null",
        "false",
        "\"2020-12-25T12:00:00\"",
        "\"2020-12-25\"",
        "\"25.12.2020 12:00:00\"",
        "\"x\"",
        "1608886800",
        "\"2020-13-45T12:00:00+03:00\"",
    ];

    private static readonly Gen<(string Column, string? Value)> Bad = Gen.OneOf(
        Choice.Of(BadIds).Select(value => ("ID", value)),
        Choice.Of(BadTimes).Select(value => ("DATE_MODIFY", value)),
        Choice.Of(BadTimes).Select(value => ("DATE_CREATE", value))
    );

    /// <summary>How many cards, how many in one second, and what is wrong with which of them.</summary>
    private static readonly Gen<(int Count, int Crowd, Dictionary<int, (string Column, string? Value)> Bad)> Portal =
        from count in Gen.Frequency((3, Gen.Int[2, 60]), (2, Gen.Int[95, 330]))
        from crowd in Choice.Of(1, 7, 60, 1000)
        from places in Gen.OneOf(Gen.Int[0, count - 1], Choice.Of(0, 48, 49, 50, 98, 99, 199, count - 1)).Array[1, 6]
        from bad in Bad.Array[6]
        select (
            count,
            crowd,
            places
                .Where(place => place < count)
                .Distinct()
                .Take(count - 1)
                .Select((place, i) => (place, bad[i]))
                .ToDictionary(pair => pair.place, pair => pair.Item2)
        );

    [Fact]
    public void Run_SomeRowsAreBad_ReportsThemAndHandlesTheOthers() =>
        Portal.Sample(
            portal =>
            {
                var world = World.Empty();
                var ids = new List<long>();
                for (var i = 0; i < portal.Count; i++)
                {
                    ids.Add(world.ImportContact(World.Start.AddHours(-1), World.Start.AddHours(-1).AddSeconds(i / portal.Crowd)));
                }

                var bad = portal.Bad.ToDictionary(pair => Text(ids[pair.Key]), pair => pair.Value);
                world.Rewrite = Spoil(bad);

                var report = world.SyncContacts();

                Assert.Equal(
                    (RunOutcome.Completed, portal.Count, portal.Count - bad.Count, bad.Count),
                    (report.Outcome, report.Read, report.Created, report.Failed)
                );
                Assert.All(ids, id => Assert.Equal(bad.ContainsKey(Text(id)) ? null : "Успешно", world.ContactStatus(id)));
                Assert.Equal(bad.Count, world.Log.Count(line => line.StartsWith("Warning RecordUnreadable", StringComparison.Ordinal)));
            },
            iter: 60,
            threads: 1
        );

    /// <summary>The next request of a list that goes on may hold nothing but a spoilt card: it must not block the job for ever.</summary>
    [Theory]
    [InlineData("ID", null)]
    [InlineData("ID", "\"x\"")]
    [InlineData("DATE_MODIFY", "\"2020-12-25T12:00:00\"")]
    [InlineData("DATE_CREATE", "false")]
    public void Run_TheLastPageHoldsOnlyABadRow_HandlesTheOthers(string column, string? value)
    {
        var last = world.AddContacts(51).Max();
        world.Rewrite = Spoil(new() { [Text(last)] = (column, value) });

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 50, 1), (report.Outcome, report.Created, report.Failed));
    }

    [Theory]
    [InlineData("ID", null)]
    [InlineData("ID", "\"x\"")]
    [InlineData("DATE_MODIFY", "\"2020-12-25T12:00:00\"")]
    public void Run_AllRowsAreBad_IsNoListAndPassesNothing(string column, string? value)
    {
        var ids = world.AddContacts(60);
        world.Rewrite = Spoil(ids.ToDictionary(Text, _ => (column, value)));

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0, 0), (report.Outcome, report.Read, report.Failed));
        world.Rewrite = null;
        Assert.Equal(60, world.SyncContacts().Created);
    }

    [Theory]
    [InlineData("ID", null)]
    [InlineData("DATE_MODIFY", "\"2020-12-25T12:00:00\"")]
    public void Run_ACardThatIsOwedGoesBad_IsNotTakenForGone(string column, string? value)
    {
        var ids = world.AddContacts(3);
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
            request.Operation == "POST clients" ? B24Otmechalka.Sandbox.Http.Fault.Answer(400, """{"detail":"занято"}""") : null;
        Assert.Equal(3, world.SyncContacts().Failed);
        world.Crms.OtmechalkaEndpoint.FaultOf = null;
        world.Rewrite = Spoil(new() { [Text(ids[1])] = (column, value) });

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 2, 1), (report.Outcome, report.Created, report.Failed));
        world.Rewrite = null;
        Assert.Equal(1, world.SyncContacts().Created);
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_TheSameRowTwice_IsOneCard()
    {
        var ids = world.AddContacts(3);
        world.Rewrite = AnswerRewriter.Results(node =>
            AnswerRewriter.IsCards(node)
                ? new JsonArray([.. node!.AsArray().Concat(node.AsArray()).Select(row => row?.DeepClone())]).ToJsonString()
                : node?.ToJsonString() ?? "null"
        );

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 3, 3), (report.Outcome, report.Read, report.Created));
        Assert.Equal(ids.Count, world.Crms.Otmechalka.Store.ClientCount);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xD0 })] // half a letter
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })] // half an emoji
    [InlineData(new byte[] { 0xC0, 0x80, 0xF5, 0x80 })]
    public void Run_ATextIsNoUtf8_IsReadAndItsManagerIsToldOfTheBrokenCharacter(byte[] noise)
    {
        var ids = world.AddContacts(3);
        world.EditContact(ids[1], ("NAME", "qqqq"));
        world.Rewrite = (_, bytes) => [0xEF, 0xBB, 0xBF, .. Replace(bytes, "qqqq"u8, [(byte)'a', .. noise, (byte)'b'])];

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 2, 1), (report.Outcome, report.Created, report.Failed));
        Assert.Equal("Неверно: имя родителя (испорченный символ, введите заново)", world.ContactStatus(ids[1]));
        Assert.All([ids[0], ids[2]], id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    private readonly World world = World.Empty();

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> from, byte[] to)
    {
        var at = bytes.AsSpan().IndexOf(from);
        return at < 0 ? bytes : [.. bytes[..at], .. to, .. bytes[(at + from.Length)..]];
    }

    private static Func<string, byte[], byte[]> Spoil(Dictionary<string, (string Column, string? Value)> bad) =>
        AnswerRewriter.Results(node =>
        {
            if (AnswerRewriter.IsCards(node))
            {
                foreach (var row in node!.AsArray().OfType<JsonObject>())
                {
                    if (bad.TryGetValue((string)row["ID"]!, out var change))
                    {
                        row.Remove(change.Column);
                        if (change.Value is not null)
                        {
                            row[change.Column] = JsonNode.Parse(change.Value);
                        }
                    }
                }
            }

            return node?.ToJsonString() ?? "null";
        });
}
