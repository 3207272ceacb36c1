using System.Text.Json.Nodes;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// otmechalka refuses one record: its error is the status; the record is tried again less and less often, and at once when
/// it or the mapping changes (docs/spec.md, section 6, invariant 6).
/// </summary>
public sealed class RefusalTests
{
    private readonly World world = World.Empty();
    private string? refusal = "Занято.";

    public RefusalTests() =>
        world.Crms.Otmechalka.RefusalOf = (_, _) => refusal is null ? null : new JsonObject { ["phone"] = new JsonArray(refusal) };

    [Theory]
    [InlineData(400)]
    [InlineData(405)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(418)]
    [InlineData(422)]
    public void Run_AnyOther4xx_IsTheRecordsStatusAndTheNextRecordGoes(int status)
    {
        refusal = null;
        var (bad, good) = (world.AddContact(), world.AddContact());
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
            request.Operation == "POST clients" && request.Body.Contains($"\"{bad}\"", StringComparison.Ordinal)
                ? Fault.Answer(status, """{"detail":"Нельзя."}""")
                : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 1, 1), (report.Outcome, report.Failed, report.Created));
        Assert.Equal("Отмечалка не приняла: Нельзя.", world.ContactStatus(bad));
        Assert.Equal("Успешно", world.ContactStatus(good));
        Assert.Equal(
            (RecordOutcome.Refused, $"HTTP {status}"),
            (world.Entry(SyncJob.Contacts, bad)!.Outcome, world.Entry(SyncJob.Contacts, bad)!.Code)
        );
    }

    [Fact]
    public void Run_SearchRefused_IsTheRecordsStatusToo()
    {
        refusal = null;
        var id = world.AddContact();
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
            request.Operation == "GET client" ? Fault.Answer(400, """["Плохой номер"]""") : null;

        world.SyncContacts();

        Assert.Equal("Отмечалка не приняла: Плохой номер", world.ContactStatus(id));
    }

    [Fact]
    public void Run_RefusedAgainAndAgain_IsTriedInTheNextRunAndThenLessAndLessOftenUpToDaily()
    {
        var id = world.AddContact();
        var waits = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            world.Crms.OtmechalkaEndpoint.Reset();
            world.SyncContacts();
            Assert.NotEmpty(world.Sent("POST clients"));
            var next = world.Entry(SyncJob.Contacts, id)!.NextTry!.Value;
            waits.Add(Math.Round((next - world.Time.GetUtcNow()).TotalMinutes));
            world.Time.Advance(next - world.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440], waits);
    }

    [Fact]
    public void Run_BeforeTheNextTry_CostsNoCallAndNoWrite()
    {
        world.AddContact();
        world.SyncContacts();
        world.SyncContacts();
        world.SyncContacts();

        var report = world.SyncContacts();

        Assert.Equal((0, 0, 0, 1), (report.Read, report.OtmechalkaRequests, report.StatusesWritten, report.Waiting));
    }

    [Fact]
    public void Run_StillRefusedWithTheSameWords_DoesNotWriteTheStatusAgain()
    {
        world.AddContact();
        world.SyncContacts();

        var again = world.SyncContacts();

        Assert.Equal((1, 1, 0), (again.Failed, again.Retried, again.StatusesWritten));
    }

    [Fact]
    public void Run_RefusedWithOtherWords_WritesThem()
    {
        var id = world.AddContact();
        world.SyncContacts();

        refusal = "Другое.";
        world.SyncContacts();

        Assert.Equal("Отмечалка не приняла: телефон: Другое.", world.ContactStatus(id));
    }

    [Fact]
    public void Run_MendedInOtmechalka_SucceedsAtTheNextTry()
    {
        var id = world.AddContact();
        world.SyncContacts();

        refusal = null;
        var report = world.SyncContacts();

        Assert.Equal((1, 1), (report.Created, report.Retried));
        Assert.Equal("Успешно", world.ContactStatus(id));
        Assert.Equal(
            (0, null, null),
            (
                world.Entry(SyncJob.Contacts, id)!.Attempts,
                world.Entry(SyncJob.Contacts, id)!.Code,
                world.Entry(SyncJob.Contacts, id)!.NextTry
            )
        );
    }

    [Fact]
    public void Run_ChangedInBitrix24WhileItWaits_IsTriedAtOnceAndStartsOver()
    {
        var id = WaitingFor(TimeSpan.FromHours(4));

        world.EditContact(id, ("PHONE", "+7 926 555-01-01"));
        var report = world.SyncContacts();

        Assert.Equal(1, report.Failed);
        Assert.Contains("79265550101", world.Sent("POST clients")[^1], StringComparison.Ordinal);
        Assert.Equal(1, world.Entry(SyncJob.Contacts, id)!.Attempts);
    }

    [Fact]
    public void Run_SomethingElseChangedWhileItWaits_KeepsWaiting()
    {
        var id = WaitingFor(TimeSpan.FromHours(4));

        world.EditContact(id, ("COMMENTS", "звонить вечером"));
        var report = world.SyncContacts();

        Assert.Equal((1, 0, 0), (report.Read, report.OtmechalkaRequests, report.StatusesWritten));
    }

    [Fact]
    public void Run_MappingChangesWhileItWaits_IsTriedAtOnce()
    {
        var id = WaitingFor(TimeSpan.FromHours(4));
        refusal = null;

        world.With("Mapping__Contact__Routes__0__BranchOffice", "2634").SyncContacts();

        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_StartDateGoesPastARefusedChangeAndBack_SendsTheChange()
    {
        refusal = null;
        var id = world.AddContact();
        world.SyncContacts();
        refusal = "Занято.";
        world.EditContact(id, (StudentFirstName, "Пётр"));
        world.SyncContacts();
        world.With("SYNC_START_DATE", "2020-12-26").SyncContacts();
        refusal = null;

        world.With("SYNC_START_DATE", "2020-12-20").SyncContacts();

        Assert.Contains("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!.Json, StringComparison.Ordinal);
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_MappingChanges_LooksAtEveryRecordThatIsNotDelivered()
    {
        refusal = null;
        var (outOfScope, invalid) = (world.AddContact((Product, List("406"))), world.AddContact((Product, List("404"))));
        var delivered = world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromHours(2));
        world.SyncContacts();
        Assert.Equal(("Успешно", "Не заполнено: филиал"), (world.ContactStatus(outOfScope), world.ContactStatus(invalid)));

        // Both products are now supported in any branch.
        foreach (var (i, product) in new[] { (3, "406"), (4, "404") })
        {
            world
                .With($"Mapping__Contact__Routes__{i}__Product", product)
                .With($"Mapping__Contact__Routes__{i}__Courses__0", "10985")
                .With($"Mapping__Contact__Routes__{i}__BranchOffice", "2633");
        }

        var report = world.SyncContacts();

        Assert.Equal((2, 3), (report.Created, world.Crms.Otmechalka.Store.ClientCount));
        Assert.Equal("Успешно", world.ContactStatus(invalid));
        Assert.Equal(0, world.Crms.Otmechalka.Store.FindClient(Text(delivered))!.Updates);
    }

    [Fact]
    public void Run_MappingOfDeliveredContactChanges_UpdatesTheClient()
    {
        refusal = null;
        var id = world.AddContact();
        world.SyncContacts();

        world.With("Mapping__Contact__Routes__0__BranchOffice", "2634").SyncContacts();

        Assert.Contains("2634", world.Crms.Otmechalka.Store.FindClient(Text(id))!["branchoffices"], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ContactChangesFromRefusedToInvalidAndBack_EachHasItsStatus()
    {
        var id = world.AddContact();
        world.SyncContacts();
        world.EditContact(id, ("PHONE", "нет"));
        world.SyncContacts();
        Assert.StartsWith("Неверно: телефон", world.ContactStatus(id), StringComparison.Ordinal);
        Assert.Null(world.Entry(SyncJob.Contacts, id)!.NextTry); // nothing to try until a manager mends it

        refusal = null;
        world.EditContact(id, ("PHONE", "89261234567"));
        world.SyncContacts();

        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_VeryLongError_IsCutAtAWordWithAnEllipsis()
    {
        refusal = string.Concat(Enumerable.Repeat("очень длинное сообщение ", 60));
        var id = world.AddContact();

        world.SyncContacts();

        var status = world.ContactStatus(id)!;
        Assert.InRange(status.Length, 230, 255);
        Assert.EndsWith("…", status, StringComparison.Ordinal);
        Assert.Contains(status.TrimEnd('…').Split(' ')[^1], "очень длинное сообщение", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$result[c0][ID]")]
    [InlineData("см. $result[x] и 100% #1 & a=b + «ё» <br>")]
    public void Run_WordsThatABatchWouldExpandOrCut_ArriveAsTheyAre(string words)
    {
        refusal = words;
        var ids = world.AddContacts(3);

        world.SyncContacts();

        Assert.All(ids, id => Assert.Equal("Отмечалка не приняла: телефон: " + words, world.ContactStatus(id)));
    }

    [Fact]
    public void Run_Refused_StoresNoPersonalData()
    {
        refusal = "Телефон 79261234567 занят, клиент Петров.";
        world.AddContact();

        world.SyncContacts();

        var stored = string.Join('\n', world.Table.Entities.SelectMany(entity => entity.Select(property => property.Value?.ToString())));
        Assert.DoesNotContain("Петров", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("9261234567", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("Занят", stored, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A contact whose next try lies at least so far ahead.</summary>
    private long WaitingFor(TimeSpan wait)
    {
        var id = world.AddContact();
        while (true)
        {
            world.SyncContacts();
            var left = world.Entry(SyncJob.Contacts, id)!.NextTry!.Value - world.Time.GetUtcNow();
            if (left >= wait)
            {
                world.Time.Advance(TimeSpan.FromMinutes(1));
                world.Crms.OtmechalkaEndpoint.Reset();
                return id;
            }

            world.Time.Advance(left + TimeSpan.FromSeconds(1));
        }
    }
}
