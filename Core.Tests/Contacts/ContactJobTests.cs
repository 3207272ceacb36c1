using System.Text.Json;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Contacts;

/// <summary>Each row of the table of docs/spec.md, section 5.1, from the portal's card to the body that otmechalka gets.</summary>
public sealed class ContactJobTests
{
    [Fact]
    public void Sync_CompleteContact_SendsEveryRowInTheTablesOrder()
    {
        var world = World.Empty();
        var id = world.AddContact();

        var report = world.SyncContacts();

        Assert.Equal(
            $$"""{"origin_id":"{{id}}","last_name":"Петров","first_name":"Василий","phone":"79261234567","email":"ivan.petrov"""
                + """@example.com","courses":"""
                + $$"""["10985","10986"]"""
                + $$""","branchoffices":["2633"],"birthdate":"2009-11-29","gender":"M","additional_data":"Петров Иван"}""",
            Assert.Single(world.Sent("POST clients"))
        );
        Assert.Equal("Успешно", world.ContactStatus(id));
        Assert.Equal((RunOutcome.Completed, 1, 1, 1), (report.Outcome, report.Read, report.Created, report.StatusesWritten));
    }

    [Fact]
    public void Sync_OptionalValuesEmpty_LeavesThemOut()
    {
        var sent = Send(("EMAIL", null), (Birthdate, null));

        Assert.Equal(
            ["origin_id", "last_name", "first_name", "phone", "courses", "branchoffices", "gender", "additional_data"],
            sent.EnumerateObject().Select(member => member.Name)
        );
    }

    [Theory]
    [InlineData(StudentLastName, "last_name", "  Петров-Водкин \t", "Петров-Водкин")]
    [InlineData(StudentFirstName, "first_name", " Анна Мария ", "Анна Мария")]
    [InlineData(StudentFirstName, "first_name", "Д'Артаньян \"О\" <б> & \\", "Д'Артаньян \"О\" <б> & \\")]
    [InlineData("EMAIL", "email", " ivan@example.com ", "ivan@example.com")]
    public void Sync_TextWithSpaces_IsTrimmed(string field, string member, string value, string expected) =>
        Assert.Equal(expected, Send((field, value)).GetProperty(member).GetString());

    [Fact]
    public void Sync_ParentWithSpaces_IsTrimmedAndJoinedSurnameFirst() =>
        Assert.Equal("Петрова Анна", Send(("NAME", " Анна "), ("LAST_NAME", " Петрова ")).GetProperty("additional_data").GetString());

    [Theory]
    [InlineData("8 (926) 123-45-67")]
    [InlineData("+7 (926) 1234567")]
    [InlineData("9261234567")]
    public void Sync_PhoneInAnyNotation_SendsItsDigits(string phone) =>
        Assert.Equal("79261234567", Send(("PHONE", phone)).GetProperty("phone").GetString());

    [Fact]
    public void Sync_SeveralPhonesAndEmails_SendsTheFirstOfEach()
    {
        var sent = Send(("PHONE", List("89261234567", "+7 495 000-00-00")), ("EMAIL", List("first@example.com", "second@example.com")));

        Assert.Equal("79261234567", sent.GetProperty("phone").GetString());
        Assert.Equal("first@example.com", sent.GetProperty("email").GetString());
    }

    [Fact]
    public void Sync_FirstPhoneWrongSecondRight_IsAFormatError() =>
        Assert.Equal("Неверно: телефон (нужен один номер, например +7 926 123-45-67)", Refuse(("PHONE", List("нет", "89261234567"))));

    [Theory]
    [InlineData("2009-11-29T00:00:00+03:00")]
    [InlineData("2009-11-29T03:00:00+03:00")]
    [InlineData("2009-11-29T23:59:59-11:00")]
    [InlineData("2009-11-29")]
    public void Sync_Birthdate_IsTheDateAsWrittenWithItsOwnOffset(string written)
    {
        // The portal prints what it holds: a text field shows the offset exactly as in the card.
        var sent = Send((Birthdate, written));

        Assert.Equal("2009-11-29", sent.GetProperty("birthdate").GetString());
    }

    [Fact]
    public void Sync_PortalInAnotherZone_SendsTheDateAsThePortalWritesIt()
    {
        var world = World.Empty(new() { ServerOffset = TimeSpan.FromHours(10) });
        world.AddContact((Birthdate, "2009-11-29"));

        world.SyncContacts();

        Assert.Equal("2009-11-29", world.SentOne("POST clients").GetProperty("birthdate").GetString());
    }

    [Theory]
    [InlineData(StudentLastName, "Не заполнено: фамилия ученика")]
    [InlineData(StudentFirstName, "Не заполнено: имя ученика")]
    [InlineData("PHONE", "Не заполнено: телефон")]
    [InlineData("LAST_NAME", "Не заполнено: фамилия родителя")]
    [InlineData("NAME", "Не заполнено: имя родителя")]
    [InlineData(Product, "Не заполнено: продукт")]
    public void Sync_RequiredFieldEmptyOrBlank_NamesIt(string field, string status)
    {
        Assert.Equal(status, Refuse((field, null)));
        Assert.Equal(status, Refuse((field, "")));
        if (field is not ("PHONE" or Product))
        {
            Assert.Equal(status, Refuse((field, " \u00a0 ")));
        }
    }

    [Theory]
    [InlineData("EMAIL", "ivan", "Неверно: e-mail (нужен один адрес, например name@example.com)")]
    [InlineData("PHONE", "123", "Неверно: телефон (нужен один номер, например +7 926 123-45-67)")]
    [InlineData(Birthdate, "2012-02-30", "Неверно: дата рождения (выберите дату в календаре)")]
    public void Sync_FieldBreaksItsFormat_SaysHow(string field, string value, string status) =>
        Assert.Equal(status, Refuse((field, value)));

    [Fact]
    public void Sync_EverythingWrong_NamesAllInOneText()
    {
        var status = Refuse(
            (Product, null),
            (StudentLastName, null),
            (StudentFirstName, " "),
            ("PHONE", "нет"),
            ("EMAIL", "нет"),
            (Birthdate, "вчера"),
            ("LAST_NAME", null),
            ("NAME", null)
        );

        Assert.Equal(
            "Не заполнено: продукт, фамилия ученика, имя ученика, фамилия родителя, имя родителя. "
                + "Неверно: телефон (нужен один номер, например +7 926 123-45-67); e-mail (нужен один адрес, например name@example.com); "
                + "дата рождения (выберите дату в календаре)",
            status
        );
        Assert.True(status.Length <= StatusLine.MostCharacters);
    }

    [Fact]
    public void Sync_ContactMended_IsSentAndSaysSo()
    {
        var world = World.Empty();
        var id = world.AddContact(("PHONE", "нет"));
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.EditContact(id, ("PHONE", "89261234567"));
        world.SyncContacts();

        Assert.Equal(1, world.Crms.Otmechalka.Store.CountClients(Text(id)));
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Sync_ContactChanged_UpdatesTheClientAndSearchesNoMore()
    {
        var world = World.Empty();
        var id = world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Crms.OtmechalkaEndpoint.Reset();

        world.EditContact(id, ("PHONE", "+7 926 555-01-01"), ("EMAIL", ""));
        var report = world.SyncContacts();

        var client = world.Crms.Otmechalka.Store.FindClient(Text(id))!;
        Assert.Equal(("79265550101", null, 1), (client["phone"], client["email"], client.Updates));
        Assert.Equal((1, 0), (report.Updated, report.Created));
        Assert.Equal(1, report.OtmechalkaRequests);
    }

    [Fact]
    public void Sync_ClientThereAlready_IsChangedAndNotDoubled()
    {
        var world = World.Empty();
        var id = world.AddContact();
        world.AddClient(id);

        var report = world.SyncContacts();

        Assert.Equal((0, 1), (report.Created, report.Updated));
        Assert.Equal("Василий", Assert.Single(world.Crms.Otmechalka.Store.Clients)["first_name"]);
    }

    [Fact]
    public void Sync_NothingOfIssueChanged_CostsNoCall()
    {
        var world = World.Empty();
        var id = world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.EditContact(id, ("COMMENTS", "звонить вечером"), ("PHONE", "+7 926 123 45 67"));
        var report = world.SyncContacts();

        Assert.Equal((1, 0, 0), (report.Read, report.OtmechalkaRequests, report.StatusesWritten));
    }

    /// <summary>Sends the contact and gives the body that came.</summary>
    private static JsonElement Send(params (string Field, object? Value)[] changes)
    {
        var world = World.Empty();
        var id = world.AddContact(changes);
        world.SyncContacts();
        Assert.Equal("Успешно", world.ContactStatus(id));
        return world.SentOne("POST clients");
    }

    /// <summary>Gives the status of a contact that cannot be sent.</summary>
    private static string Refuse(params (string Field, object? Value)[] changes)
    {
        var world = World.Empty();
        var id = world.AddContact(changes);
        var report = world.SyncContacts();
        Assert.Equal((1, 0), (report.Failed, report.OtmechalkaRequests));
        return world.ContactStatus(id)!;
    }
}
