using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary><c>why</c>: finds a pupil by whatever the operator knows, and tells what has become of him.</summary>
public sealed class WhyCommandTests : IDisposable
{
    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("Патов")]
    [InlineData("патов")]
    [InlineData("Пат")]
    [InlineData("Патов Игнат")]
    [InlineData("игнат патов")]
    [InlineData("Патов Игнат Андреевич")]
    [InlineData("Патова Лариса")]
    [InlineData("Gfnjd")]
    [InlineData("40011")]
    [InlineData("№40011")]
    [InlineData("контакт 40011")]
    [InlineData("https://example.bitrix24.ru/crm/contact/details/40011/")]
    [InlineData("https://example.bitrix24.ru/crm/deal/details/96313/?IFRAME=Y")]
    [InlineData("сделка 96313")]
    public void Why_WhateverIsKnownOfHim_FindsThePupilAndHisDeal(string text)
    {
        SyncBoth();

        var code = cli.Run(["why", .. text.Split(' ')]);

        Assert.Equal(0, code);
        Assert.Contains("Патов Игнат, parent Патова Лариса", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Не заполнено: телефон.", Flat, StringComparison.Ordinal);
        Assert.Contains("waits: its pupil is not in otmechalka", Flat, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8 (926) 555-01-26", "8 (926) 000-77-27")]
    [InlineData("+79265550126", "+79260007727")]
    [InlineData("89265550126", "9260007727")]
    [InlineData("926 555-01-26", "7 926 000 77 27")]
    public void Why_PhoneInAnyNotation_FindsWhoHasIt(string phone, string secondPhone)
    {
        var second = cli.World.AddContact(
            (SampleFields.StudentFirstName, "Лия"),
            ("PHONE", TestCards.List("+7 495 000-00-00", "8-926-000-77-27"))
        );
        SyncBoth();

        Assert.Equal(0, cli.Run("why", phone));
        Assert.StartsWith("Жертвина Алиса", cli.Output, StringComparison.Ordinal);

        Assert.Equal(0, cli.Run("why", secondPhone, "--json"));
        Assert.Equal([Text(second)], cli.Json["matches"]!.AsArray().Select(match => (string?)match!["id"]));
    }

    [Fact]
    public void Why_SeveralFit_ListsThemWithTheirIds()
    {
        SyncBoth();

        Assert.Equal(0, cli.Run("why", "ова"));

        Assert.Contains("40011", cli.Output, StringComparison.Ordinal);
        Assert.Contains("Repeat the command with an ID", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/details/", cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2\n")]
    [InlineData("нет\n99\n2\n")]
    public void Why_SeveralFitOnATerminal_AsksWhich(string typed)
    {
        using var terminal = new CliDriver { IsTerminal = true, TypedText = typed };
        terminal.World.SyncContacts();

        Assert.Equal(0, terminal.Run("why", "ова"));

        Assert.Contains("/crm/contact/details/", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_NothingIsChosen_EndsQuietly()
    {
        using var terminal = new CliDriver { IsTerminal = true, TypedText = "\n" };
        terminal.World.SyncContacts();

        Assert.Equal(0, terminal.Run("why", "ова"));
        Assert.DoesNotContain("/crm/contact/details/", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Несуществующий", "Nothing was found by the name «Несуществующий»")]
    [InlineData("Fylhtq", "Nothing was found by the name «Fylhtq» and «Андрей»")]
    [InlineData("8 926 000-99-99", "Nothing was found by the phone")]
    [InlineData("99999999", "Bitrix24 shows no card with the ID 99999999")]
    [InlineData("555-01-26", "a part of a phone number")]
    [InlineData("https://other.bitrix24.ru/crm/contact/details/40011/", "another portal's card (other.bitrix24.ru)")]
    public void Why_NothingIsFound_SaysWhereItLooked(string text, string expected)
    {
        Assert.Equal(0, cli.Run("why", text));

        Assert.Contains(expected, Flat, StringComparison.Ordinal);
        Assert.All(Lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("а")]
    [InlineData("%%")]
    public void Why_TooLittleToSearchBy_IsRefusedInOneLine(string text)
    {
        Assert.Equal(2, cli.Run("why", text));
        Assert.Single(cli.Error.Trim().Split('\n'));
    }

    [Fact]
    public void Why_TheFilterIsDroppedByBitrix24_ListsNobodyElse()
    {
        SyncBoth();

        // The field does not exist, so the portal drops the condition and lists everybody.
        cli.Run("why", "Несуществующий", "--json", "--set", "Mapping__Contact__StudentLastNameField=UF_CRM_NONE");

        Assert.Empty(cli.Json["matches"]!.AsArray());
    }

    [Fact]
    public void Why_DeletedCardThatTheLedgerKnows_SaysThatItWasSent()
    {
        SyncBoth();
        cli.World.Contacts.Delete(39558);

        cli.Run("why", "39558");

        Assert.Contains("The service knew it (contact 39558) and sent it on 2020-12-25", Flat, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_AnyQuestion_WritesNothingAnywhere()
    {
        SyncBoth();
        var stored = Stored();
        cli.World.Crms.Bitrix24Endpoint.Reset();
        cli.World.Crms.OtmechalkaEndpoint.Reset();
        var operations = new List<string>();
        cli.World.Crms.Bitrix24Endpoint.OnRequest = request => operations.Add(request.Operation + request.Body);
        cli.World.Crms.OtmechalkaEndpoint.OnRequest = request => operations.Add(request.Operation);

        foreach (var text in new[] { "Петров", "40011", "+79265550126", "ова" })
        {
            cli.Run("why", text);
        }

        Assert.NotEmpty(operations);
        Assert.DoesNotContain(operations, operation => operation.Contains(".update", StringComparison.Ordinal));
        Assert.DoesNotContain(operations, operation => operation.StartsWith("POST clients", StringComparison.Ordinal));
        Assert.Equal(stored, Stored());
    }

    [Fact]
    public void Why_PupilWithManyDeals_IsAnsweredWithinTenSeconds()
    {
        var contact = cli.World.AddContact((SampleFields.StudentLastName, "Многоделов"));
        for (var i = 0; i < 40; i++)
        {
            cli.World.AddDeal(contact);
        }

        var began = cli.World.Time.GetUtcNow();
        cli.Run("why", "Многоделов");

        Assert.InRange(cli.World.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Contains("The newest deals are shown", Flat, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("refuse")]
    public void Why_OtmechalkaIsDown_TellsWhatTheServiceRemembersInTime(string how)
    {
        SyncBoth();
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => how == "hang" ? Fault.Hang : Fault.Refuse;
        var began = cli.World.Time.GetUtcNow();

        Assert.Equal(3, cli.Run("why", "39558"));

        Assert.InRange(cli.World.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Contains("In otmechalka, sent 2020-12-25", Flat, StringComparison.Ordinal);
        Assert.Contains("otmechalka did not answer now", Flat, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_Bitrix24IsDown_EndsWith3()
    {
        cli.World.Crms.Bitrix24Endpoint.FaultOf = _ => Fault.Refuse;

        Assert.Equal(3, cli.Run("why", "Патов", "--json"));
        Assert.NotNull(cli.Json["error"]);
    }

    private string[] Lines => cli.Output.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The output on one line: where it is wrapped does not matter.</summary>
    private string Flat => string.Join(' ', Lines.Select(line => line.Trim()));

    private void SyncBoth()
    {
        cli.World.SyncContacts();
        cli.World.SyncDeals();
    }

    private string Stored() =>
        string.Join('\n', cli.World.Table.Entities.Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag} {row.Timestamp}"));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
