using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Contacts;

/// <summary>What people type and copy into a contact, from Bitrix24's answer to otmechalka's request and the status.</summary>
public sealed class ContactTypingTests
{
    private static readonly (string Field, string Name)[] TextFields =
    [
        (StudentLastName, ContactTexts.StudentLastName),
        (StudentFirstName, ContactTexts.StudentFirstName),
        ("PHONE", ContactTexts.Phone),
        ("EMAIL", ContactTexts.Email),
        (Birthdate, ContactTexts.Birthdate),
        ("LAST_NAME", ContactTexts.ParentLastName),
        ("NAME", ContactTexts.ParentFirstName),
    ];

    [Fact]
    public void Sync_UnseenCharactersAroundEveryValue_SendsTheClientWithoutThem() =>
        Gen.Select(FieldGen.Phone, FieldGen.Unseen, FieldGen.Unseen)
            .Sample(
                (phone, before, after) =>
                {
                    var world = World.Empty();
                    string Around(string value) => before + value + after;
                    var id = world.AddContact(
                        ("PHONE", Around(phone.Typed)),
                        ("EMAIL", Around("ivan@example.com")),
                        ("NAME", Around("Иван")),
                        ("LAST_NAME", Around("Петров")),
                        (StudentLastName, Around("Петров")),
                        (StudentFirstName, Around("Анна\nМария"))
                    );

                    world.SyncContacts();

                    var body = world.SentOne("POST clients");
                    Assert.Equal(
                        [phone.Number, "ivan@example.com", "Петров", "Анна Мария", "Петров Иван"],
                        ((string[])["phone", "email", "last_name", "first_name", "additional_data"]).Select(name =>
                            body.GetProperty(name).GetString()
                        )
                    );
                    Assert.Equal("Успешно", world.ContactStatus(id));
                },
                iter: 60,
                threads: 1
            );

    [Fact]
    public void Sync_NothingButUnseenCharacters_IsNotFilledIn() =>
        FieldGen
            .Unseen.Array[1, 4]
            .Select(string.Concat)
            .Sample(
                unseen =>
                {
                    var world = World.Empty();
                    var id = world.AddContact(
                        (StudentLastName, unseen),
                        (StudentFirstName, unseen),
                        ("PHONE", unseen),
                        ("EMAIL", unseen),
                        ("LAST_NAME", unseen),
                        ("NAME", unseen)
                    );

                    world.SyncContacts();

                    Assert.Equal(
                        $"Не заполнено: {ContactTexts.StudentLastName}, {ContactTexts.StudentFirstName}, {ContactTexts.Phone}, "
                            + $"{ContactTexts.ParentLastName}, {ContactTexts.ParentFirstName}",
                        world.ContactStatus(id)
                    );
                },
                iter: 40,
                threads: 1
            );

    [Fact]
    public void Sync_TwoNumbersOrLetters_SendsNothingAndSaysSo() =>
        Gen.Select(FieldGen.Phone, FieldGen.Separator, FieldGen.Phone, Gen.Bool)
            .Sample(
                (one, between, two, isLetters) =>
                {
                    var world = World.Empty();
                    var id = world.AddContact(("PHONE", one.Typed + (isLetters ? " мама" : between + two.Typed)));

                    world.SyncContacts();

                    Assert.Empty(world.Sent("POST clients"));
                    Assert.Equal("Неверно: " + ContactTexts.WrongPhone, world.ContactStatus(id));
                },
                iter: 40,
                threads: 1
            );

    [Fact]
    public void Sync_HalfAnEmojiInAnyField_NamesTheFieldAndTheOthersGoOn()
    {
        foreach (var (field, name) in TextFields)
        {
            var world = World.Empty();
            var id = world.AddContact();
            var next = world.AddContact();
            var row = Row(field);
            world.Crms.Bitrix24Endpoint.FaultOf = request =>
                request.Operation == "crm.contact.list"
                    ? Fault.Answer(
                        200,
                        Examples.Answer(
                            $"[{row.Replace("#ID", Text(id), StringComparison.Ordinal)},"
                                + $"{Row("").Replace("#ID", Text(next), StringComparison.Ordinal)}]"
                        )
                    )
                    : null;

            world.SyncContacts();

            Assert.Equal("Неверно: " + name + ProblemList.BrokenCharacter, world.ContactStatus(id));
            Assert.Equal("Успешно", world.ContactStatus(next));
        }
    }

    // A row whose one field holds a high surrogate and nothing behind it, which no writer of JSON writes but PHP.
    private static string Row(string broken)
    {
        string Value(string field, string value) => field == broken ? @"""Петров \ud83d""" : $"\"{value}\"";
        return $$"""
            {"ID":"#ID","DATE_CREATE":"2020-12-25T12:00:00+03:00","DATE_MODIFY":"2020-12-25T12:00:00+03:00",
             "{{Status}}":null,"{{Product}}":["410"],"{{Branch}}":false,
            "NAME":{{Value("NAME", "Иван")}},"LAST_NAME":{{Value("LAST_NAME", "Петров")}},"{{StudentLastName}}":{{Value(
                StudentLastName,
                "Петров"
            )}},
            "{{StudentFirstName}}":{{Value(StudentFirstName, "Василий")}},"{{Birthdate}}":{{Value(Birthdate, "2009-11-29")}},
            "PHONE":[{"VALUE":{{Value("PHONE", "89261234567")}}}],"EMAIL":[{"VALUE":{{Value("EMAIL", "ivan@example.com")}}}]}
            """.ReplaceLineEndings(
            ""
        );
    }
}
