using System.Net.Http.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Data;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Otmechalka;

public sealed class OtmechalkaServerTests : IDisposable
{
    private readonly SandboxCrms crms = SampleData.CreateEmpty(new FakeTimeProvider());
    private readonly HttpClient http;

    public OtmechalkaServerTests()
    {
        http = new HttpClient(crms.CreateHandler()) { BaseAddress = crms.OtmechalkaUrl };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Token sandbox-key");
    }

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Token wrong")]
    [InlineData("sandbox-key")]
    public async Task Request_WrongKey_Is401(string? key)
    {
        http.DefaultRequestHeaders.Remove("Authorization");
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", key);

        Assert.Equal(401, (await GetAsync("api/clients/1/")).Status);
    }

    [Fact]
    public async Task Request_OwnHeader_IsAccepted()
    {
        (crms.Otmechalka.Options.AuthHeader, crms.Otmechalka.Options.AuthScheme) = ("X-Api-Key", "");
        http.DefaultRequestHeaders.Add("x-api-key", "sandbox-key");

        Assert.Equal(404, (await GetAsync("api/clients/1/")).Status);
    }

    [Theory]
    [InlineData("api/clients/1/")]
    [InlineData("api/tickets/1/")]
    [InlineData("api/clients/1")]
    [InlineData("api/visits/")]
    public async Task Get_Absent_Is404(string path) => Assert.Equal(404, (await GetAsync(path)).Status);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task Create_Client_AnswersWithItsOwnIdAndGroups(int status)
    {
        crms.Otmechalka.Options.CreatedStatus = status;

        var created = await PostAsync("api/clients/", Client());
        var found = await GetAsync("api/clients/39558/");

        Assert.Equal(status, created.Status);
        Assert.Equal((200, "39558", "Василий"), (found.Status, (string?)found.Json["origin_id"], (string?)found.Json["first_name"]));
        Assert.True((long)created.Json["id"]! > 0);
        Assert.Equal(
            ["+Он-лайн `МСК: Он-лайн Групповое", "+Он-лайн `МСК: Он-лайн индивидуальные"],
            found.Json["groups"]!.AsArray().Select(group => (string)group!)
        );
    }

    [Theory]
    [InlineData("origin_id", null, "Обязательное поле.")]
    [InlineData("last_name", "\" \"", "Это поле не может быть пустым.")]
    [InlineData("first_name", "5", "Введите строку.")]
    [InlineData("phone", "\"+7 926\"", "Введите телефон цифрами, например 79261234567.")]
    [InlineData("email", "null", "Это поле не может быть null.")]
    [InlineData("email", "\"ivan\"", "Введите правильный адрес электронной почты.")]
    [InlineData("courses", "[10985]", "Введите список строк.")]
    [InlineData("courses", "[\"1\"]", "Недопустимый ключ «1»: объект не существует.")]
    [InlineData("branchoffices", "[]", "Этот список не может быть пустым.")]
    [InlineData("birthdate", "\"29.11.2009\"", "Неправильный формат даты: нужен YYYY-MM-DD.")]
    [InlineData("gender", "\"m\"", "Значения «m» нет среди допустимых вариантов.")]
    [InlineData("groups", "[]", "Неизвестное поле.")]
    public async Task Create_BadClient_NamesTheMember(string member, string? value, string message)
    {
        var client = Client();
        client.Remove(member);
        if (value is not null)
        {
            client[member] = JsonNode.Parse(value);
        }

        var answer = await PostAsync("api/clients/", client);

        Assert.Equal(400, answer.Status);
        Assert.Equal($"{member}: {message}", $"{Assert.Single(answer.Json).Key}: {(string?)answer.Json[member]?[0]}");
        Assert.Equal(0, crms.Otmechalka.Store.ClientCount);
    }

    [Fact]
    public async Task Create_OptionalMembersLeftOut_Succeeds()
    {
        var client = Client();
        foreach (var member in (string[])["email", "birthdate", "additional_data"])
        {
            client.Remove(member);
        }

        Assert.Equal(200, (await PostAsync("api/clients/", client)).Status);
    }

    [Theory]
    [InlineData(false, 200, 2)]
    [InlineData(true, 409, 1)]
    public async Task Create_Twice_MakesADoubleOrIsRefused(bool reject, int status, int count)
    {
        crms.Otmechalka.Options.RejectDuplicates = reject;
        await PostAsync("api/clients/", Client());
        await PostAsync("api/tickets/", Ticket());

        Assert.Equal(status, (await PostAsync("api/clients/", Client())).Status);
        Assert.Equal(status, (await PostAsync("api/tickets/", Ticket())).Status);

        Assert.Equal(count, crms.Otmechalka.Store.CountClients("39558"));
        Assert.Equal(count, crms.Otmechalka.Store.CountTickets("96294"));
        Assert.Equal(reject ? [] : ["client 39558", "ticket 96294"], crms.Otmechalka.Store.Doubles);
    }

    [Fact]
    public async Task Create_OverTheLimit_Is400()
    {
        crms.Otmechalka.Options.MaxClients = 1;
        await PostAsync("api/clients/", Client());

        var answer = await PostAsync("api/clients/", Client("2"));

        Assert.Equal((400, "non_field_errors"), (answer.Status, Assert.Single(answer.Json).Key));
    }

    [Theory]
    [InlineData(true, "ivan@example.com")]
    [InlineData(false, null)]
    public async Task Update_Client_ReplacesIt(bool keeps, string? email)
    {
        crms.Otmechalka.Options.UpdateKeepsAbsentValues = keeps;
        await PostAsync("api/clients/", Client());
        var changed = Client();
        changed.Remove("email");
        changed["first_name"] = "Пётр";

        Assert.Equal(200, (await PostAsync("api/clients/39558/", changed)).Status);

        var client = crms.Otmechalka.Store.FindClient("39558")!;
        Assert.Equal(("Пётр", email, 1), (client["first_name"], client["email"], client.Updates));
        Assert.Equal(1, crms.Otmechalka.Store.ClientCount);
    }

    [Fact]
    public async Task Update_AbsentOrOtherClient_IsRefused()
    {
        Assert.Equal(404, (await PostAsync("api/clients/39558/", Client())).Status);

        await PostAsync("api/clients/", Client());
        Assert.Equal(400, (await PostAsync("api/clients/39558/", Client("2"))).Status);
    }

    [Fact]
    public async Task Create_TicketOfUnknownClient_Is400()
    {
        var answer = await PostAsync("api/tickets/", Ticket());

        Assert.Equal((400, "client_origin_id"), (answer.Status, Assert.Single(answer.Json).Key));
    }

    [Theory]
    [InlineData("price_final", "8699.99")]
    [InlineData("discount", "300")]
    [InlineData("ticket_type", " 6 КМС индивидуальные 45 мин")]
    [InlineData("selling_branchoffice", "186")]
    [InlineData("selling_date", "2020-12-13T00:00:00")]
    [InlineData("payment_method", "CARD")]
    [InlineData("employee", "")]
    public async Task Create_BadTicket_Is400(string member, string value)
    {
        await PostAsync("api/clients/", Client());
        var ticket = Ticket();
        ticket[member] = value;

        var answer = await PostAsync("api/tickets/", ticket);

        Assert.Equal(400, answer.Status);
        Assert.True(answer.Json.ContainsKey(member));
        Assert.Empty(crms.Otmechalka.Store.Tickets);
    }

    [Fact]
    public async Task Create_Ticket_CanBeFoundAndDeleted()
    {
        await PostAsync("api/clients/", Client());
        await PostAsync("api/tickets/", Ticket());
        Assert.Equal("Индивидуальные занятия", (string?)(await GetAsync("api/tickets/96294/")).Json["groups"]![0]);

        Assert.True(crms.Otmechalka.Store.DeleteTicket("96294"));
        Assert.True(crms.Otmechalka.Store.DeleteClient("39558"));

        Assert.Equal(404, (await GetAsync("api/tickets/96294/")).Status);
        Assert.Equal(404, (await GetAsync("api/clients/39558/")).Status);
    }

    [Fact]
    public async Task Refusal_OfOneRecord_IsItsAnswer()
    {
        crms.Otmechalka.RefusalOf = (kind, id) =>
            (kind, id) == ("client", "2") ? new JsonObject { ["phone"] = new JsonArray("Занят.") } : null;

        Assert.Equal(200, (await PostAsync("api/clients/", Client())).Status);
        Assert.Equal("{\"phone\":[\"Занят.\"]}", (await PostAsync("api/clients/", Client("2"))).Text);
    }

    [Fact]
    public async Task Post_NoJson_IsRefused()
    {
        using var text = new StringContent("{}");
        Assert.Equal(415, (int)(await http.PostAsync(new Uri("api/clients/", UriKind.Relative), text)).StatusCode);

        foreach (var body in new[] { "{", "[]", "null", """{"\ud800":1}""", """{"phone":1,"phone":2}""" })
        {
            using var broken = new StringContent(body, null, "application/json");
            Assert.Equal(400, (int)(await http.PostAsync(new Uri("api/clients/", UriKind.Relative), broken)).StatusCode);
        }
    }

    private static JsonObject Client(string id = "39558") =>
        new()
        {
            ["origin_id"] = id,
            ["last_name"] = "Петров",
            ["first_name"] = "Василий",
            ["phone"] = "79261234567",
            ["email"] = "ivan@example.com",
            ["courses"] = new JsonArray("10985", "10986"),
            ["branchoffices"] = new JsonArray("2633"),
            ["birthdate"] = "2009-11-29",
            ["gender"] = "M",
            ["additional_data"] = "Петров Иван",
        };

    private static JsonObject Ticket() =>
        new()
        {
            ["origin_id"] = "96294",
            ["client_origin_id"] = "39558",
            ["ticket_type"] = "6 КМС индивидуальные 45 мин",
            ["price_initial"] = "9000.00",
            ["discount"] = "300.00",
            ["price_final"] = "8700.00",
            ["selling_date"] = "2020-12-13",
            ["selling_branchoffice"] = "2634",
            ["employee"] = "Андрей Сергеев",
            ["payment_method"] = "ONLINE",
        };

    private async Task<(int Status, string Text, JsonObject Json)> GetAsync(string path) =>
        await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative)));

    private async Task<(int Status, string Text, JsonObject Json)> PostAsync(string path, JsonObject body) =>
        await ReadAsync(await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body));

    private static async Task<(int Status, string Text, JsonObject Json)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return ((int)response.StatusCode, text, JsonNode.Parse(text)!.AsObject());
        }
    }
}
