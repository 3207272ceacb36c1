using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class ReconcileCommandTests : IDisposable
{
    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Reconcile_AllWentOver_FindsNothingAndWritesNothing()
    {
        cli.World.SyncContacts();
        var stored = cli.World.Table.Entities.Select(entity => entity.ETag).ToList();

        var code = cli.Run("reconcile", "contacts", "--json");

        Assert.Equal(0, code);
        Assert.Equal(
            (23, 3, 9, 11, 0, 0),
            (Number("read"), Number("outOfScope"), Number("invalid"), Number("there"), Number("missing"), Number("different"))
        );
        Assert.Null(cli.Json["marked"]);
        Assert.Equal(stored, cli.World.Table.Entities.Select(entity => entity.ETag));
    }

    [Fact]
    public void Reconcile_DeletedAndChangedByHand_AreFoundAndMended()
    {
        cli.World.SyncContacts();
        var store = cli.World.Crms.Otmechalka.Store;
        store.DeleteClient("39558");
        var changed = store.FindClient("39910")!;
        store.ChangeClient("39910", new JsonObject { ["first_name"] = "Другой" }, changed.Groups, keepAbsent: true);
        cli.World.Contacts.Delete(40001);

        Assert.Equal(0, cli.Run("reconcile", "contacts", "--json"));
        Assert.Equal((1, 1), (Number("missing"), Number("different")));
        Assert.Equal("first_name", (string?)cli.Json["discrepancies"]![1]!["fields"]![0]);
        Assert.Equal("40001", (string?)Assert.Single(cli.Json["unknownToBitrix24"]!.AsArray()));
        Assert.Null(store.FindClient("39558"));

        Assert.Equal(0, cli.Run("reconcile", "contacts", "--fix"));
        Assert.Contains("2 marked", cli.Output, StringComparison.Ordinal);
        cli.World.SyncContacts();
        Assert.Equal(("Василий", "Кирилл"), (store.FindClient("39558")!["first_name"], store.FindClient("39910")!["first_name"]));

        cli.Run("reconcile", "contacts", "--json");
        Assert.Equal((0, 0), (Number("missing"), Number("different")));
    }

    [Fact]
    public void Reconcile_NeverRun_EverythingInScopeIsMissingAndUnknown()
    {
        var code = cli.Run("reconcile", "deals", "--json");

        Assert.Equal(0, code);
        Assert.Equal(15, Number("read"));
        Assert.Equal(15, Number("unknownToLedger"));
        Assert.Equal(0, Number("missing"));
        Assert.Equal(6, Number("waiting")); // none of their clients is there yet: they follow by themselves
        Assert.Empty(cli.World.Table.Entities);
    }

    [Fact]
    public void Reconcile_FixWhileARunIsUnderWay_ShowsWhatWasFoundAndEndsWith4()
    {
        cli.Lock(SyncJob.Contacts);

        var code = cli.Run("reconcile", "contacts", "--fix", "--json");

        Assert.Equal((4, 11), (code, Number("missing")));
        Assert.NotNull(cli.Json["error"]);
    }

    [Fact]
    public void Reconcile_OtmechalkaIsDown_EndsWith3()
    {
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Refuse;

        Assert.Equal(3, cli.Run("reconcile", "contacts"));
        Assert.Contains("otmechalka is unavailable", cli.Error, StringComparison.Ordinal);
    }

    private int Number(string name) => (int)cli.Json[name]!;
}
