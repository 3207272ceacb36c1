using System.Text.RegularExpressions;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>A request to otmechalka: about which record, and whether it searches, creates or changes it.</summary>
internal sealed partial record OtmechalkaCall(SyncJob Kind, string Id, bool IsSearch, bool IsCreate)
{
    public static OtmechalkaCall Of(string method, string path, string body)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var kind = parts[1] == "clients" ? SyncJob.Contacts : SyncJob.Deals;
        return parts.Length > 2
            ? new OtmechalkaCall(kind, parts[2], method == "GET", false)
            : new OtmechalkaCall(kind, OriginId().Match(body).Groups[1].Value, false, true);
    }

    public override string ToString() =>
        $"{(IsSearch ? "search" : IsCreate ? "create" : "update")} {(Kind == SyncJob.Contacts ? "client" : "ticket")} {Id}";

    [GeneratedRegex("\"origin_id\":\"([0-9]+)\"")]
    private static partial Regex OriginId();
}
