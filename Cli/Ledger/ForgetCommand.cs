using System.CommandLine;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Ledger;

/// <summary><c>forget contact|deal ID...</c>: takes what is stored of deleted records out of the ledger.</summary>
internal sealed class ForgetCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var record = JobArguments.Record();
        var ids = JobArguments.Ids();
        ids.Arity = ArgumentArity.OneOrMore;
        var command = new Command("forget", LedgerStrings.Of("ForgetCommand")) { record, ids };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () => new ForgetCommand(session).RunAsync(parsed.GetValue(record)!.Value, parsed.GetValue(ids)!, cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(SyncJob job, string[] ids, CancellationToken cancellationToken)
    {
        await using var services = session.Build(session.ReadSettings());
        var forgotten = await services.GetRequiredService<LedgerEditor>().ForgetAsync(job, ids, cancellationToken);
        if (session.IsJson)
        {
            session.Print(
                new JsonObject
                {
                    ["job"] = job.Name(),
                    ["forgotten"] = Ids(forgotten.Forgotten),
                    ["unknown"] = Ids(forgotten.Unknown),
                    ["present"] = Ids(forgotten.Present),
                }
            );
        }
        else
        {
            Show("Forgotten", forgotten.Forgotten);
            Show("NothingStored", forgotten.Unknown);
            Show("StillThere", forgotten.Present);
        }

        return forgotten.Present.Count == 0 ? ExitCode.Done : ExitCode.Configuration;
    }

    private void Show(string key, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
        {
            session.Screen.Line(LedgerStrings.Of(key, string.Join(' ', ids)));
        }
    }

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => JsonValue.Create(id))]);
}
