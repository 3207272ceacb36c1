using System.Text.Json.Nodes;
using B24Otmechalka.Core.Tests.Cli;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Sandbox.Http;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Otmechalka.Conformance;

/// <summary>What a report says of stands that are wrong in a known way: exactly that, and nothing else.</summary>
public sealed class ConformanceTests
{
    private static readonly string[] Command = ["conformance", "--json", "--yes", "--ticket-type", "6 КМС индивидуальные 45 мин"];

    public static TheoryData<string> Stands => [.. WrongStands.All.Keys];

    [Theory]
    [MemberData(nameof(Stands))]
    public void Report_OfAStandWithAFault_NamesExactlyWhatIsWrong(string name)
    {
        var (make, says) = WrongStands.All[name];
        using var cli = new CliDriver();
        var stand = new WrongStand(cli.World.Time);
        make(stand);
        cli.Stand = stand.CreateHandler;

        var code = cli.Run(Command);

        Assert.Equal(says.Order(StringComparer.Ordinal), Said(cli.Json).Order(StringComparer.Ordinal));
        Assert.Equal(cli.Json["checks"]!.AsArray().Any(check => (string?)check!["result"] == "broken") ? 2 : 0, code);
        Assert.All(
            stand.Store.Clients.Select(client => client.OriginId).Concat(stand.Store.Tickets.Select(ticket => ticket.OriginId)),
            id => Assert.StartsWith("b24sync-test-", id, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Report_OfTheSandbox_IsAllGreenAndListsWhatIsLeft()
    {
        using var cli = new CliDriver();
        var stand = new WrongStand(cli.World.Time);
        cli.Stand = stand.CreateHandler;

        Assert.Equal(0, cli.Run(Command));

        Assert.Equal("kept", (string?)cli.Json["result"]);
        Assert.All(cli.Json["checks"]!.AsArray(), check => Assert.Equal("kept", (string?)check!["result"]));
        var left = stand.Store.Clients.Select(client => $"client {client.OriginId} {client.Id}");
        Assert.Equal(
            left.Concat(stand.Store.Tickets.Select(ticket => $"ticket {ticket.OriginId} {ticket.Id}")).Order(),
            cli.Json["created"]!.AsArray().Select(one => $"{one!["kind"]} {one["originId"]} {one["id"]}").Order()
        );
    }

    [Theory]
    [InlineData("refused", 3, "unavailable", "connection")]
    [InlineData("dropped", 3, "unavailable", "connection")]
    [InlineData("lost", 3, "unavailable", "connection")]
    [InlineData("hangs", 3, "unavailable", "timeout")]
    [InlineData("bad gateway", 3, "unavailable", "HTTP 502")]
    [InlineData("down", 3, "unavailable", "HTTP 503")]
    [InlineData("too many", 3, "unavailable", "HTTP 429")]
    [InlineData("later down", 3, "unavailable", "HTTP 503")]
    public void Report_OfAStandThatDoesNotAnswer_IsUnavailable(string fault, int code, string result, string reason)
    {
        using var cli = new CliDriver();
        var stand = new WrongStand(cli.World.Time);
        cli.Stand = stand.CreateHandler;
        stand.FaultOf = (_, number) =>
            fault switch
            {
                "refused" => Fault.Refuse,
                "dropped" => Fault.DropBeforeCommit,
                "lost" => Fault.DropAfterCommit,
                "hangs" => Fault.Hang,
                "bad gateway" => Fault.BadGateway,
                "down" => Fault.Answer(503, "{}"),
                "too many" => Fault.Answer(429, "{}", "application/json", ("Retry-After", "60")),
                _ => number > 20 ? Fault.Answer(503, "{}") : null,
            };

        Assert.Equal(code, cli.Run(Command));

        Assert.Equal((result, reason), ((string?)cli.Json["result"], (string?)cli.Json["reason"]));
        Assert.Equal(stand.Store.ClientCount > 0, cli.Json["created"]!.AsArray().Count > 0);
    }

    [Theory]
    [InlineData(200, "text/html", "<html><title>Шахматная школа</title></html>", null, "client.absent/notTheApi")]
    [InlineData(404, "text/html", "<html><title>Not Found</title></html>", null, "client.absent/notTheApi")]
    [InlineData(301, "text/html", "", "https://login.example.com/", "client.absent/redirect")]
    [InlineData(302, "text/html", "", "/login/?next=/api/", "client.absent/redirect")]
    [InlineData(403, "application/json", """{"detail":"Нет прав."}""", null, "client.absent/keyRefused")]
    [InlineData(402, "application/json", """{"detail":"Лицензия."}""", null, "client.absent/keyRefused")]
    public void Report_OfAnotherAddress_StopsBeforeAnythingIsWritten(int status, string type, string body, string? location, string says)
    {
        using var cli = new CliDriver();
        var stand = new WrongStand(cli.World.Time)
        {
            Before = _ => new SandboxResponse(status, type, body)
            {
                Headers = location is null ? new Dictionary<string, string>() : new() { ["Location"] = location },
            },
        };
        cli.Stand = stand.CreateHandler;

        Assert.Equal(2, cli.Run(Command));

        Assert.Equal([says], Said(cli.Json));
        Assert.Empty(cli.Json["created"]!.AsArray());
    }

    [Fact]
    public void Report_OfAStandWithoutSlashes_SaysSo()
    {
        using var cli = new CliDriver();
        var stand = new WrongStand(cli.World.Time)
        {
            Before = request =>
                request.Path.EndsWith('/')
                    ? new SandboxResponse(301, "text/html", "")
                    {
                        Headers = new Dictionary<string, string>
                        {
                            ["Location"] = $"https://otmechalka.example.com{request.Path.TrimEnd('/')}",
                        },
                    }
                    : null,
        };
        cli.Stand = stand.CreateHandler;

        Assert.Equal(2, cli.Run(Command));

        Assert.Equal(["client.absent/noSlash"], Said(cli.Json));
    }

    [Fact]
    public void Report_OfAKeyWithoutRights_StopsAtTheFirstWrite()
    {
        using var cli = new CliDriver();
        var stand = new WrongStand(cli.World.Time)
        {
            Before = request => request.Method == "POST" ? SandboxResponse.Json(403, """{"detail":"Недостаточно прав."}""") : null,
        };
        cli.Stand = stand.CreateHandler;

        Assert.Equal(2, cli.Run(Command));

        Assert.Equal(["client.create/noRights"], Said(cli.Json));
        Assert.Empty(stand.Store.Clients);
    }

    [Fact]
    public void Report_OfAnyAnswers_IsAReportAndNeverAnException() =>
        AnswerGen
            .Any(JsonGen.Any, 200, 201, 400, 404, 401, 500)
            .Array[1, 4]
            .Sample(
                answers =>
                {
                    using var cli = new CliDriver();
                    var asked = 0;
                    cli.Stand = () => new CannedNetwork((_, _) => answers[asked++ % answers.Length]);

                    var code = cli.Run(Command);

                    Assert.True(code is 0 or 2 or 3, $"{code}: {cli.Error}");
                    Assert.Equal("", cli.Error);
                    Assert.NotEmpty(cli.Json["checks"]!.AsArray());
                },
                iter: 30
            );

    private static IEnumerable<string> Said(JsonObject report) =>
        report["checks"]!
            .AsArray()
            .Where(check => check!["deviation"] is not null)
            .Select(check => $"{check!["check"]}/{check["deviation"]} {check["field"]}".TrimEnd());
}
