using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class ForgetCommandTests : IDisposable
{
    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Forget_DeletedAndPresentAndUnknown_TakesOutWhatIsDeletedOnly()
    {
        cli.World.SyncContacts();
        cli.World.Contacts.Delete(39558);

        var code = cli.Run("forget", "contact", "39558", "39910", "999999", "--json");

        Assert.Equal(2, code);
        Assert.Equal(["39558"], Ids("forgotten"));
        Assert.Equal(["39910"], Ids("present"));
        Assert.Equal(["999999"], Ids("unknown"));
        Assert.Null(cli.World.Entry(SyncJob.Contacts, 39558));
        Assert.NotNull(cli.World.Entry(SyncJob.Contacts, 39910));
        Assert.DoesNotContain(cli.World.Table.Entities, row => row.RowKey.EndsWith("-39558", StringComparison.Ordinal));
    }

    [Fact]
    public void Forget_AllDeleted_EndsWith0AndNothingComesBack()
    {
        cli.World.SyncContacts();
        cli.World.Contacts.Delete(39558);

        Assert.Equal(0, cli.Run("forget", "contact", "39558"));
        Assert.Contains("forgotten: 39558", cli.Output, StringComparison.Ordinal);
        cli.World.SyncContacts();

        Assert.Null(cli.World.Entry(SyncJob.Contacts, 39558));
    }

    [Fact]
    public void Forget_Bitrix24IsUnavailable_ForgetsNothing()
    {
        cli.World.SyncContacts();
        cli.World.Contacts.Delete(39558);
        cli.World.Crms.Bitrix24Endpoint.FaultOf = _ => Fault.BadGateway;

        Assert.Equal(3, cli.Run("forget", "contact", "39558"));
        Assert.NotNull(cli.World.Entry(SyncJob.Contacts, 39558));
    }

    [Fact]
    public void Forget_ARunIsUnderWay_EndsWith4()
    {
        cli.World.SyncContacts();
        cli.Lock(SyncJob.Contacts);

        Assert.Equal(4, cli.Run("forget", "contact", "39558"));
    }

    [Theory]
    [InlineData("forget")]
    [InlineData("forget", "contact")]
    [InlineData("forget", "contact", "Петров")]
    [InlineData("forget", "39558")]
    public void Forget_WrongArguments_EndWith2(params string[] arguments) => Assert.Equal(2, cli.Run(arguments));

    private IEnumerable<string?> Ids(string name) => cli.Json[name]!.AsArray().Select(id => (string?)id);
}
