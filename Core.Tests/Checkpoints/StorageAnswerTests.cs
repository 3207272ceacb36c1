using B24Otmechalka.Core.Tests.Cli;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Checkpoints;

/// <summary>
/// Whatever the storage answers, at whatever call of a run: it is unavailable, exit 3, nobody's lock is said to be taken, and the next
/// run, over a healthy storage, goes on (docs/spec.md, section 6).
/// </summary>
public sealed class StorageAnswerTests
{
    private static readonly Dictionary<string, Func<HttpResponseMessage>> Oddities = new()
    {
        ["being deleted"] = () => TableService.Error(409, "TableBeingDeleted"),
        ["gone"] = () => TableService.Error(404, "TableNotFound"),
        ["row gone"] = () => TableService.Error(404, "ResourceNotFound"),
        ["throttled"] = () => TableService.Error(429, "TooManyRequests"),
        ["busy"] = () => TableService.Error(503, "ServerBusy"),
        ["disabled"] = () => TableService.Error(403, "AccountIsDisabled"),
        ["no right"] = () => TableService.Error(403, "AuthorizationPermissionMismatch"),
        ["wrong key"] = () => TableService.Error(401, "AuthenticationFailed"),
        ["quota"] = () => TableService.Error(507, "InsufficientAccountQuota"),
        ["wrong kind"] = () => TableService.Error(400, "FeatureNotSupported"),
        ["not implemented"] = () => TableService.Error(501, "NotImplemented"),
        ["odd code"] = () => TableService.Error(500, "the key AAAA\u001b[31m of https://table.example/school"),
        ["condition"] = () => TableService.Error(412, "UpdateConditionNotSatisfied"),
        ["exists"] = () => TableService.Error(409, "EntityAlreadyExists"),
        ["404 page"] = () => TableService.Answer(404, "<html>", "text/html"),
        ["200 page"] = () => TableService.Answer(200, "<html>", "text/html"),
        ["200 nothing"] = () => TableService.Answer(200, ""),
        ["200 null"] = () => TableService.Answer(200, "null"),
        ["200 object"] = () => TableService.Answer(200, "{}"),
        ["200 no list"] = () => TableService.Answer(200, """{"value":null}"""),
        ["200 another list"] = () => TableService.Answer(200, """{"value":{"a":[]}}"""),
        ["200 deep list"] = () => TableService.Answer(200, """{"d":{"value":[]}}"""),
        ["200 number"] = () => TableService.Answer(200, """{"value":[7]}"""),
        ["200 null row"] = () => TableService.Answer(200, """{"value":[null]}"""),
        ["200 row without keys"] = () => TableService.Answer(200, """{"value":[{"Owner":"x"}]}"""),
        ["200 row without etag"] = () =>
            TableService.Answer(
                200,
                """{"value":[{"PartitionKey":"CONTACT_SYNC_JOB","RowKey":"!lock","Timestamp":"2020-12-25T00:00:00Z"}]}"""
            ),
        ["200 row of odd types"] = () =>
            TableService.Answer(200, """{"value":[{"PartitionKey":7,"RowKey":[],"Timestamp":"x","odata.etag":1}]}"""),
        ["200 another partition"] = () =>
            TableService.Answer(
                200,
                """{"value":[{"odata.etag":"W/\"1\"","PartitionKey":"OTHER","RowKey":"!lock","Timestamp":"2020-12-25T00:00:00Z"}]}"""
            ),
        ["204"] = () => TableService.Answer(204, ""),
        ["201 list"] = () => TableService.Answer(201, "[]"),
        ["202 page"] = () => TableService.Answer(202, "<html>", "text/html"),
        ["202 empty"] = () => TableService.Answer(202, "--b--\r\n", "multipart/mixed; boundary=b"),
        ["202 no boundary"] = () => TableService.Answer(202, "x", "multipart/mixed"),
        ["202 busy"] = () => TableService.FailedTransaction(503, "ServerBusy"),
        ["202 throttled"] = () => TableService.FailedTransaction(429, "TooManyRequests"),
        ["202 gone"] = () => TableService.FailedTransaction(404, "TableNotFound"),
        ["202 being deleted"] = () => TableService.FailedTransaction(409, "TableBeingDeleted"),
        ["202 condition"] = () => TableService.FailedTransaction(412, "UpdateConditionNotSatisfied"),
        ["202 row gone"] = () => TableService.FailedTransaction(404, "ResourceNotFound"),
        ["301"] = () => Moved(301),
        ["302"] = () => Moved(302),
        ["307"] = () => Moved(307),
        ["no connection"] = () => throw new HttpRequestException("No such host: https://table.example"),
        ["timeout"] = () => throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout."),
        ["broken"] = () => throw new IOException("The connection broke."),
    };

    private static readonly Gen<(string Oddity, int Step, bool Lasts, bool IsCarriedOut)> Cases = Gen.Select(
        Choice.Of<string>([.. Oddities.Keys]),
        Gen.Int[0, 8],
        Gen.Bool,
        Gen.Bool
    );

    [Fact]
    public void Sync_OddAnswerAtAnyCall_IsUnavailableAndTheNextRunGoesOn() =>
        Cases.Sample(
            one =>
            {
                using var cli = new CliDriver(World.Empty());
                var ids = cli.World.AddContacts(3);
                var service = Serve(cli.World);
                var isMet = false;
                HttpResponseMessage? Odd(int call, HttpRequestMessage request)
                {
                    if ((one.Lasts ? call < one.Step : call != one.Step) || IsFact(one.Oddity, call, request))
                    {
                        return null;
                    }

                    isMet = true;
                    return Oddities[one.Oddity]();
                }

                _ = one.IsCarriedOut ? service.Afterwards = Odd : service.Instead = Odd;

                var code = cli.Run("sync", "contacts", "--json");

                Assert.Equal(
                    !isMet ? 0
                        : IsKnownAsOurs(one) ? code
                        : 3,
                    code
                );
                if (code == 3)
                {
                    var job = cli.Json["jobs"]![0]!;
                    Assert.Equal("interrupted", (string?)job["outcome"]);
                    Assert.Matches(@"^(storage is unavailable: [A-Za-z0-9 ()]+|the lock could not be held)$", (string?)job["reason"]);
                }

                Assert.DoesNotContain("table.example", cli.Output + cli.Error, StringComparison.Ordinal);
                (service.Instead, service.Afterwards) = ((_, _) => null, (_, _) => null);
                cli.World.Time.Advance(TimeSpan.FromMinutes(2));
                Assert.Equal(0, cli.Run("sync", "contacts", "--json"));
                Assert.Equal((3, 0), (cli.World.Crms.Otmechalka.Store.ClientCount, cli.World.Crms.Otmechalka.Store.Doubles.Count));
                Assert.All(ids, id => Assert.Equal("Успешно", cli.World.ContactStatus(id)));
            },
            iter: 150,
            threads: 1
        );

    [Fact]
    public void Sync_EachOddAnswerFromTheFirstCallOn_IsUnavailableAndWatchGoesOn() =>
        Assert.All(
            Oddities.Keys,
            oddity =>
            {
                using var cli = new CliDriver(World.Empty());
                using var cancellation = new CancellationTokenSource();
                var id = cli.World.AddContact();
                var service = Serve(cli.World);
                var start = cli.World.Time.GetUtcNow();
                service.Instead = (_, _) =>
                {
                    var round = (int)((cli.World.Time.GetUtcNow() - start) / TimeSpan.FromMinutes(5));
                    if (round == 2)
                    {
                        cancellation.Cancel();
                    }

                    return round == 0 ? Oddities[oddity]() : null;
                };

                var code = cli.Run(cancellation.Token, "sync", "contacts", "--watch", "5m", "--json");

                var rounds = cli
                    .Output.TrimEnd()
                    .Split('\n')
                    .Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!["jobs"]![0]!)
                    .ToList();
                Assert.Equal((130, "interrupted", "completed"), (code, (string?)rounds[0]["outcome"], (string?)rounds[1]["outcome"]));
                Assert.StartsWith("storage is unavailable: ", (string?)rounds[0]["reason"], StringComparison.Ordinal);
                Assert.Null(rounds[0]["statusesOwed"]); // not known, which is not 0
                Assert.Equal("Успешно", cli.World.ContactStatus(id));
            }
        );

    [Theory]
    [InlineData("retry", "contact", "1")]
    [InlineData("retry", "contact", "--all-failed")]
    [InlineData("rewind", "contacts", "--to", "2020-12-20T00:00:00+03:00")]
    [InlineData("status")]
    public void Command_OddAnswerFromAnyCallOn_EndsWith3(params string[] command) =>
        Gen.Select(Choice.Of<string>([.. Oddities.Keys]), Gen.Int[0, 4], Gen.Bool)
            .Sample(
                (oddity, step, isCarriedOut) =>
                {
                    using var cli = new CliDriver(World.Empty());
                    cli.World.AddContact();
                    cli.World.Sync(Core.Sync.SyncJob.Contacts);
                    var service = Serve(cli.World);
                    var isMet = false;
                    HttpResponseMessage? Odd(int call, HttpRequestMessage request)
                    {
                        if (call < step || IsFact(oddity, call, request) || oddity is "gone" or "row gone" or "exists" or "condition")
                        {
                            return null;
                        }

                        isMet = true;
                        return Oddities[oddity]();
                    }

                    _ = isCarriedOut ? service.Afterwards = Odd : service.Instead = Odd;

                    var code = cli.Run(command);

                    Assert.True(!isMet ? code == 0 : code is 0 or 3, $"{oddity} at {step}: {code} {cli.Error}");
                },
                iter: 40,
                threads: 1
            );

    private static TableService Serve(World world)
    {
        var service = new TableService(world.Table);
        world.Storage = service.Client();
        return service;
    }

    // What the service says of itself in that place: no row with this key yet, or no table yet.
    private static bool IsFact(string oddity, int call, HttpRequestMessage request) =>
        oddity switch
        {
            "row gone" => request.Method == HttpMethod.Get,
            "gone" => call == 0,
            _ => false,
        };

    // A conflict after a write that was carried out is told from a real one by the number in the lock's row.
    private static bool IsKnownAsOurs((string Oddity, int Step, bool Lasts, bool IsCarriedOut) one) =>
        one.IsCarriedOut && one.Oddity is "condition" or "exists" or "row gone" or "202 condition" or "202 row gone";

    private static HttpResponseMessage Moved(int status)
    {
        var answer = TableService.Answer(status, "", "text/html");
        answer.Headers.Location = new Uri("https://elsewhere.example.com/");
        return answer;
    }
}
