using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Docs;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Otmechalka.Contract;

/// <summary>Whole runs of the product against the Sandbox: every request and every answer is as the document has it.</summary>
public sealed class ContractRunTests
{
    private static readonly SyncJob[] Jobs = [SyncJob.Contacts, SyncJob.Deals];

    /// <summary>Ways in which a document drifts away from the product, and where that shows.</summary>
    public static TheoryData<string, string, string> Drifts =>
        new()
        {
            { "  /api/tickets/:", "  /api/abonements/:", "is not in the document" },
            {
                "branchoffices:\n          type: array\n          description: ID филиалов",
                "offices:\n          type: array\n          description: ID филиалов",
                "branchoffices"
            },
            { "enum: [M, F]\n          description: Пока", "enum: [F]\n          description: Пока", "gender" },
            { @"pattern: ^\d{1,15}\.\d{2}$", @"pattern: ^\d{1,15}$", "price" },
            {
                "        '404':\n          $ref: '#/components/responses/NotFound'",
                "        '410':\n          $ref: '#/components/responses/NotFound'",
                "404"
            },
            { "      summary: Создать абонемент", "      x-proposed: true\n      summary: Создать абонемент", "proposal" },
        };

    [Fact]
    public void Runs_OverTheSampleData_SendAndGetWhatTheDocumentSays()
    {
        var (requests, problems) = Run(ApiContract.Present, World.Sample());

        Assert.Empty(problems);
        Assert.True(requests > 30, $"only {requests} requests were seen");
    }

    [Fact]
    public void Runs_AgainWithChangesAndWithout_SendAndGetWhatTheDocumentSays()
    {
        var world = World.Sample();
        Run(ApiContract.Present, world);
        world.EditContact(39558, (B24Otmechalka.Sandbox.Data.SampleFields.StudentFirstName, "Пётр"));
        world.Crms.Otmechalka.Store.DeleteTicket("96294");

        Assert.Empty(Run(ApiContract.Present, world).Problems);
    }

    [Theory]
    [InlineData("wrong key")]
    [InlineData("full")]
    [InlineData("created")]
    [InlineData("doubles refused")]
    [InlineData("refused")]
    [InlineData("down")]
    [InlineData("too many")]
    public void Runs_WithAFaultOfTheSandbox_GetWhatTheDocumentSays(string fault)
    {
        var world = World.Sample();
        var options = world.Crms.Otmechalka.Options;
        switch (fault)
        {
            case "wrong key":
                options.ApiKey = "another";
                break;
            case "full":
                options.MaxClients = 1;
                break;
            case "created":
                options.CreatedStatus = 201;
                break;
            case "doubles refused":
                options.RejectDuplicates = true;
                break;
            case "refused":
                world.Crms.Otmechalka.RefusalOf = (_, _) => new() { ["non_field_errors"] = new System.Text.Json.Nodes.JsonArray("Нет.") };
                break;
            case "down":
                new B24Otmechalka.Sandbox.Page.FaultSwitches(world.Crms).OtmechalkaDown = true;
                break;
            default:
                world.Crms.OtmechalkaEndpoint.FaultOf = _ =>
                    Fault.Answer(429, """{"detail":"Слишком много запросов."}""", "application/json", ("Retry-After", "1"));
                break;
        }

        Assert.Empty(Run(ApiContract.Present, world).Problems);
    }

    [Theory]
    [MemberData(nameof(Drifts))]
    public void Runs_WithADocumentThatDrifted_AreNotAsItSays(string text, string drifted, string named)
    {
        var yaml = Documents.Read("docs", "otmechalka-api.yaml");
        Assert.Contains(text, yaml, StringComparison.Ordinal);

        var (_, problems) = Run(ApiContract.Read(yaml.Replace(text, drifted, StringComparison.Ordinal)), World.Sample());

        Assert.Contains(problems, problem => problem.Contains(named, StringComparison.Ordinal));
    }

    private static (int Requests, List<string> Problems) Run(ApiContract contract, World world)
    {
        var problems = new List<string>();
        var requests = 0;
        world.Crms.OtmechalkaEndpoint.OnRequest = request =>
        {
            requests++;
            problems.AddRange(contract.ProblemsOf(request).Select(problem => $"{request.Method} {request.Path}: {problem}"));
        };
        world.Crms.OtmechalkaEndpoint.OnAnswer = (request, response) =>
            problems.AddRange(contract.ProblemsOf(request, response).Select(problem => $"{request.Path} {response.Status}: {problem}"));
        var faults = world.Crms.OtmechalkaEndpoint.FaultOf;
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
        {
            var fault = faults?.Invoke(request);
            if (fault is Fault.Answering { Response: var answer })
            {
                problems.AddRange(contract.ProblemsOf(request, answer).Select(problem => $"{request.Path} {answer.Status}: {problem}"));
            }

            return fault;
        };
        foreach (var job in Jobs)
        {
            world.Sync(job);
        }

        return (requests, problems);
    }
}
