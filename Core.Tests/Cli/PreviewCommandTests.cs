using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class PreviewCommandTests : IDisposable
{
    private static readonly string[] Sending = ["create", "update", "send"];
    private static readonly string[] Problems = ["фамилия родителя", "имя ученика", "телефон", "дата рождения"];

    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Preview_NewContact_ShowsPayloadAndThatItWouldBeCreated()
    {
        var code = cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal(0, code);
        Assert.Equal(("create", "the next run", "Успешно"), (Text("action"), Text("when"), Text("expectedStatus")));
        Assert.Null(cli.Json["ledger"]);
        Assert.Null(cli.Json["sameAsLastSent"]);
        Assert.Equal(
            """{"origin_id":"39558","last_name":"Петров","first_name":"Василий","phone":"79261234567","email":"ivan.petrov"""
                + """@example.com","courses":"""
                + """["10985","10986","10987","10988"]"""
                + ""","branchoffices":["2633","2634","2635"],"birthdate":"2009-11-29","gender":"M","additional_data":"Петров Иван"}""",
            cli.Json["payload"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        );
        Assert.Contains(cli.Json["values"]!.AsArray(), value => (string?)value!["value"] == "404 «Обучение шахматам», 410 «Онлайн школа»");
    }

    [Theory]
    [InlineData("contact", "39558")]
    [InlineData("contact", "39914")]
    [InlineData("deal", "96294")]
    [InlineData("deal", "96313")]
    public void Preview_AnyRecord_WritesNothingAnywhere(string kind, string id)
    {
        cli.Run("preview", kind, id);

        Assert.Empty(cli.World.Table.Entities);
        var commands = cli.World.Crms.Bitrix24Endpoint.Traffic.Commands.Keys.Concat(
            cli.World.Crms.OtmechalkaEndpoint.Traffic.Commands.Keys
        );
        Assert.DoesNotContain(
            commands,
            name => name.Contains("update", StringComparison.Ordinal) || name.StartsWith("POST", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("contact", "40020", "start date")]
    [InlineData("deal", "96314", "stage: it is in NEW")]
    [InlineData("contact", "39912", "scope")]
    [InlineData("deal", "96308", "scope")]
    public void Preview_KeptOut_SaysByWhat(string kind, string id, string by)
    {
        cli.Run("preview", kind, id, "--json");

        Assert.StartsWith(by, (string?)Assert.Single(cli.Json["keptOutBy"]!.AsArray()), StringComparison.Ordinal);
        Assert.DoesNotContain(Text("action"), Sending);
    }

    [Fact]
    public void Preview_TemplateOfARecurringDeal_SaysThatItIsLeftAlone()
    {
        cli.World.Deals.Edit(96294, new Dictionary<string, object?> { ["IS_RECURRING"] = "Y" });

        cli.Run("preview", "deal", "96294", "--json");

        Assert.StartsWith("template", (string?)Assert.Single(cli.Json["keptOutBy"]!.AsArray()), StringComparison.Ordinal);
        Assert.Equal(("nothing", "never, as it is now"), (Text("action"), Text("when")));
    }

    [Fact]
    public void Preview_OlderThanTheCheckpointsStart_SaysSo()
    {
        cli.Run("preview", "contact", "39558", "--json", "--set", "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP=2020-12-25");

        var hindrance = (string?)Assert.Single(cli.Json["keptOutBy"]!.AsArray());
        Assert.StartsWith("checkpoint", hindrance, StringComparison.Ordinal);
        Assert.Contains("SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", hindrance, StringComparison.Ordinal);
        Assert.Equal(("nothing", "never, as it is now"), (Text("action"), Text("when")));
    }

    [Fact]
    public void Preview_Invalid_ShowsAllProblemsAsItsStatus()
    {
        cli.Run("preview", "contact", "39914", "--json");

        Assert.Equal(("invalid", "writeStatus"), (Text("mapping"), Text("action")));
        Assert.Null(cli.Json["payload"]);
        foreach (var problem in Problems)
        {
            Assert.Contains(problem, Text("expectedStatus"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Preview_Delivered_IsKnownAndTheSameAsLastSent()
    {
        cli.World.SyncContacts();

        cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal(("nothing", true, true), (Text("action"), (bool?)cli.Json["sameAsLastSent"], (bool?)cli.Json["inOtmechalka"]));
        Assert.Equal("delivered", (string?)cli.Json["ledger"]!["outcome"]);
    }

    [Fact]
    public void Preview_ChangedSince_ShowsWhatWouldChange()
    {
        cli.World.SyncContacts();
        cli.World.Contacts.Edit(39558, [KeyValuePair.Create(SampleFields.StudentFirstName, (object?)"Пётр")]);

        cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal(("update", false), (Text("action"), (bool?)cli.Json["sameAsLastSent"]));
        var difference = Assert.Single(cli.Json["differences"]!.AsArray())!;
        Assert.Equal(
            ("first_name", "Василий", "Пётр"),
            ((string?)difference["field"], (string?)difference["held"]![0], (string?)difference["sent"]![0])
        );

        cli.Run("preview", "contact", "39558");
        Assert.Contains("otmechalka has", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_RefusedAndNotDue_SaysWhenTheNextTryIs()
    {
        cli.World.Crms.Otmechalka.RefusalOf = (_, id) => id == "39558" ? new JsonObject { ["phone"] = "занят" } : null;
        cli.World.SyncContacts();
        cli.World.SyncContacts();

        cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal("nothing", Text("action"));
        Assert.StartsWith("at the next try, from ", Text("when"), StringComparison.Ordinal);
        Assert.Equal("refused", (string?)cli.Json["ledger"]!["outcome"]);
    }

    [Fact]
    public void Preview_PassedByTheCheckpoint_SaysHowItComesIn()
    {
        cli.World.SyncContacts();
        cli.World.Time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 120; i++)
        {
            cli.World.Contacts.Add([]);
            cli.World.Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var run = 0; run < 3; run++)
        {
            cli.World.SyncContacts();
            cli.World.Time.Advance(TimeSpan.FromMinutes(10));
        }

        cli.Run("preview", "contact", "39558", "--json");

        Assert.StartsWith("the checkpoint has passed it", Text("when"), StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_Queued_IsTheNextRunsFirst()
    {
        cli.World.SyncContacts();
        cli.Run("retry", "contact", "39558");

        cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal("update", Text("action"));
        Assert.Equal("the next run, before all others: it is queued to be sent", Text("when"));
    }

    [Fact]
    public void Preview_DealWithoutItsClient_WaitsWithTheReason()
    {
        cli.World.SyncContacts();

        cli.Run("preview", "deal", "96313", "--json");

        Assert.Equal("wait", Text("action"));
        Assert.StartsWith("Абонемент ждёт: ученика нет в отмечалке", Text("expectedStatus"), StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_Deal_ShowsProductRowAndSeller()
    {
        cli.World.SyncContacts();

        var code = cli.Run("preview", "deal", "96294");

        Assert.Equal(0, code);
        Assert.Contains("created in otmechalka", cli.Output, StringComparison.Ordinal);
        Assert.Contains("300.00", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Андрей Сергеев", cli.Output, StringComparison.Ordinal);
        Assert.Contains("https://example.bitrix24.ru/crm/deal/details/96294/", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("token", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_DeliveredDealThatChanged_IsLeftAlone()
    {
        cli.World.SyncContacts();
        cli.World.SyncDeals();
        cli.World.Deals.Edit(96294, [KeyValuePair.Create(SampleFields.PaymentMethod, (object?)"450")]);

        cli.Run("preview", "deal", "96294", "--json");

        Assert.Equal(("nothing", true), (Text("action"), (bool?)cli.Json["inOtmechalka"]));
    }

    [Fact]
    public void Preview_UnknownId_IsOneClearLineAnd2()
    {
        var code = cli.Run("preview", "deal", "1");

        Assert.Equal(2, code);
        Assert.Equal("Bitrix24 has no deal 1, or does not show it to the webhook's user", cli.Error.Trim());
    }

    [Fact]
    public void Preview_OtmechalkaIsDown_ShowsTheRestAndEndsWith3()
    {
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Refuse;

        var code = cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal((3, "send"), (code, Text("action")));
        Assert.Contains("unavailable", Text("otmechalkaProblem"), StringComparison.Ordinal);
        Assert.NotNull(cli.Json["payload"]);
    }

    [Fact]
    public void Preview_Bitrix24IsDown_EndsWith3()
    {
        cli.World.Crms.Bitrix24Endpoint.FaultOf = _ => Fault.Refuse;

        var code = cli.Run("preview", "contact", "39558", "--json");

        Assert.Equal(3, code);
        Assert.Equal("Bitrix24 is unavailable: no connection", Text("error"));
    }

    private string? Text(string name) => (string?)cli.Json[name];
}
