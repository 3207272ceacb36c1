using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// Whatever fails, with whatever is echoed: no log line down to the trace level, no span, no report, no exception and no
/// stored entity holds the webhook's token, the API key or a person's data (docs/spec.md, section 7).
/// </summary>
public sealed class SecrecyTests : IDisposable
{
    private const string Token = "q7w8e9secret";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How a system fails; a text in an answer stands for what it was sent, the address included.</summary>
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        { "none", Fault.Delay(TimeSpan.FromMilliseconds(1)) },
        { "refused", Fault.Refuse },
        { "dropped", Fault.DropAfterCommit },
        { "hung", Fault.Hang },
        { "HTML", Fault.Answer(502, Echo(), "text/html") },
        { "401", Fault.Answer(401, Error("NO_AUTH_FOUND")) },
        { "400", Fault.Answer(400, Error("")) },
        {
            "400 in parts",
            Fault.Answer(
                400,
                $$"""{"detail":"Token sandbox\n-KEY; https:\/\/example.bitrix24.ru%2Frest%2F1%2F{{Token.ToUpperInvariant()}}"}"""
            )
        },
        { "402", Fault.Answer(402, Error("")) },
        { "500", Fault.Answer(500, Error("INTERNAL_SERVER_ERROR")) },
        { "503", Fault.Answer(503, Error("QUERY_LIMIT_EXCEEDED")) },
        { "code", Fault.Answer(400, $$"""{"error":"{{Echo()}}"}""") },
        { "no JSON", Fault.Answer(200, Echo()) },
        { "redirect", Fault.Answer(302, Echo(), "text/html", ("Location", $"https://example.com/rest/1/{Token}/?phone=79261234567")) },
        { "odd rows", Fault.Answer(200, $$"""{"result":[{"ID":"{{Echo()}}","DATE_MODIFY":"{{Echo()}}"}]}""") },
    };

    private readonly World world = World.Empty();
    private readonly ConcurrentQueue<string> captured = new();
    private readonly ActivityListener listener;

    public SecrecyTests()
    {
        world.Portal.AddWebhook(new Webhook(1, Token));
        world.With("Bitrix24__WebhookUrl", $"https://{B24Otmechalka.Sandbox.SandboxCrms.Bitrix24Host}/rest/1/{Token}/");
        listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                captured.Enqueue(
                    $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} "
                        + $"{string.Join(' ', activity.Events.Select(one => string.Join(' ', one.Tags)))}"
                ),
        };
        ActivitySource.AddActivityListener(listener);
    }

    public static TheoryData<string> Failures => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Run_Bitrix24FailsHalfway_LeaksNothing(string how)
    {
        Arrange();
        world.Crms.Bitrix24Endpoint.FaultOf = _ => world.Crms.Bitrix24Endpoint.Traffic.Requests > 2 ? Faults[how] : null;

        RunAll();

        AssertClean(how);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Run_OtmechalkaFails_LeaksNothing(string how)
    {
        Arrange();
        world.Crms.OtmechalkaEndpoint.FaultOf = request => request.Method == "POST" ? Faults[how] : null;

        RunAll();

        AssertClean(how);
    }

    public void Dispose() => listener.Dispose();

    private static string Echo() =>
        $"/rest/1/{Token}/ sandbox-key Неповторимова Ефросинья 8 (926) 123-45-67 79261234567 ivan.petrov@example.com";

    private static string Error(string code) => $$"""{"error":"{{code}}","error_description":"{{Echo()}}","detail":"{{Echo()}}"}""";

    private void Arrange()
    {
        var client = world.AddContact((StudentLastName, "Неповторимова"), (StudentFirstName, "Ефросинья"));
        world.AddContact((StudentLastName, "Неповторимова"), ("PHONE", "нет телефона у Ефросинья"));
        world.AddDeal(client);
        world.AddDeal(client, (SellingDate, null));
    }

    private void RunAll()
    {
        foreach (var job in new[] { SyncJob.Contacts, SyncJob.Deals, SyncJob.Contacts, SyncJob.Deals })
        {
            try
            {
                captured.Enqueue(JsonSerializer.Serialize(world.Sync(job), Readable));
            }
            catch (Exception error) when (error is not TimeoutException)
            {
                captured.Enqueue(error.ToString());
            }
        }
    }

    private void AssertClean(string how)
    {
        Assert.NotEmpty(world.Log);
        var stored = world.Table.Entities.Select(entity => string.Join(' ', entity.Select(property => $"{property.Key}={property.Value}")));
        string[] secrets =
        [
            Token,
            world.Crms.ApiKey,
            "Неповторимова",
            "Ефросинья",
            "123-45-67",
            "79261234567",
            "ivan.petrov",
            "Петров",
            "Сергеев",
        ];
        var leaks = world
            .Log.Concat(captured)
            .Concat(stored)
            .Where(text => Array.Exists(secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.True(!leaks.Any(), $"{how}: {leaks.FirstOrDefault()}");
        // A card may show the person's own data, but no secret.
        var shown = world
            .Contacts.Ids.Select(world.ContactStatus)
            .Concat(world.Deals.Ids.Select(world.DealStatus))
            .OfType<string>()
            .Select(status => string.Concat(status.Where(character => !char.IsWhiteSpace(character))));
        Assert.All(
            shown,
            status =>
                Assert.All([Token, world.Crms.ApiKey], secret => Assert.DoesNotContain(secret, status, StringComparison.OrdinalIgnoreCase))
        );
    }
}
