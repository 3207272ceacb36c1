using System.Text;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Otmechalka.Contract;

/// <summary>Whatever is sent to the Sandbox's otmechalka, it answers as the document has it.</summary>
public sealed class ContractSandboxTests
{
    private const string Ticket = """
        {"origin_id":"96294","client_origin_id":"39558","ticket_type":"6 КМС индивидуальные 45 мин","price_initial":"9000.00",
        "discount":"300.00","price_final":"8700.00","selling_date":"2020-12-13","selling_branchoffice":"2634",
        "employee":"Андрей Сергеев","payment_method":"ONLINE"}
        """;

    private static readonly string[] Paths =
    [
        "/api/clients/",
        "/api/clients/39558/",
        "/api/clients/1/",
        "/api/tickets/",
        "/api/tickets/96294/",
        "/api/tickets/1/",
    ];

    private static readonly Gen<string> Body = Gen.OneOf(
        Bodies(OtmechalkaJson.Serialize(FuzzSettings.Client.Client)),
        Bodies(Encoding.UTF8.GetBytes(Ticket)),
        JsonGen.Any,
        Gen.Const(""),
        Gen.Const("{\"origin_id\": "),
        Gen.Const(new string('ж', 200_000))
    );

    [Fact]
    public void Answer_ToAnything_IsAsTheDocumentHasIt() =>
        Gen.Select(Choice.Of("GET", "POST"), Choice.Of(Paths), Body, Gen.Int[0, 9], Gen.Bool)
            .Sample(
                (method, path, body, odd, refusesDoubles) =>
                {
                    if (method == "POST" && path.StartsWith("/api/tickets/", StringComparison.Ordinal) && path != "/api/tickets/")
                    {
                        return; // no such call, in the document neither
                    }

                    if (method == "GET" && path is "/api/clients/" or "/api/tickets/")
                    {
                        return; // proposals, which the Sandbox does not know
                    }

                    var world = World.Empty();
                    world.Crms.Otmechalka.Options.RejectDuplicates = refusesDoubles;
                    var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
                    {
                        ["Authorization"] = odd == 0 ? "Token wrong" : $"Token {world.Crms.ApiKey}",
                        ["Content-Type"] = odd == 1 ? "text/plain" : "application/json; charset=utf-8",
                    };
                    var request = new SandboxRequest(method, path, "", headers, method == "GET" ? "" : body);
                    for (var time = 0; time < 2; time++)
                    {
                        var answer = world.Crms.OtmechalkaEndpoint.HandleAsync(request, CancellationToken.None).GetAwaiter().GetResult();

                        Assert.Empty(ApiContract.Present.ProblemsOf(request, answer));
                    }
                },
                iter: 1_000
            );

    // The whole body, one without a member, and one with another value in a member.
    private static Gen<string> Bodies(byte[] whole)
    {
        var json = Encoding.UTF8.GetString(whole);
        var names = JsonNode.Parse(json)!.AsObject().Select(member => member.Key).ToArray();
        return Gen.Select(
            Gen.Int[0, 2],
            Choice.Of(names),
            JsonGen.Any,
            (kind, name, value) =>
            {
                var changed = JsonNode.Parse(json)!.AsObject();
                switch (kind)
                {
                    case 1:
                        changed.Remove(name);
                        break;
                    case 2 when TryParse(value, out var node):
                        changed[name] = node;
                        break;
                }

                return changed.ToJsonString();
            }
        );
    }

    private static bool TryParse(string json, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(json);
            _ = node?.ToJsonString();
            return true;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            node = null;
            return false;
        }
    }
}
