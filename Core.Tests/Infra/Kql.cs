using System.Text.Json;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>Microsoft's parser of KQL with the tables that Application Insights keeps in a workspace.</summary>
internal static class Kql
{
    // Columns of every table of Application Insights, as the Azure Monitor reference has them.
    private const string Common =
        "TenantId: string, TimeGenerated: datetime, OperationName: string, OperationId: string, ParentId: string, SyntheticSource: string, "
        + "SessionId: string, UserId: string, UserAuthenticatedId: string, UserAccountId: string, AppVersion: string, AppRoleName: string, "
        + "AppRoleInstance: string, ClientType: string, ClientModel: string, ClientOS: string, ClientIP: string, ClientCity: string, "
        + "ClientStateOrProvince: string, ClientCountryOrRegion: string, ClientBrowser: string, ResourceGUID: string, IKey: string, "
        + "SDKVersion: string, ItemCount: int, Properties: dynamic, SourceSystem: string, Type: string, _ResourceId: string, "
        + "_SubscriptionId: string, _BilledSize: real, _IsBillable: string";

    private static readonly Dictionary<string, string> Tables = new()
    {
        ["AppTraces"] =
            $"({Common}, Message: string, SeverityLevel: int, Measurements: dynamic, ReferencedItemId: string, ReferencedType: string)",
        ["AppMetrics"] = $"({Common}, Name: string, Sum: real, Min: real, Max: real)",
        ["AppExceptions"] =
            $"({Common}, ProblemId: string, HandledAt: string, ExceptionType: string, Assembly: string, Method: string, "
            + "OuterType: string, OuterMessage: string, OuterAssembly: string, OuterMethod: string, InnermostType: string, "
            + "InnermostMessage: string, InnermostAssembly: string, InnermostMethod: string, SeverityLevel: int, Details: "
            + "dynamic, Measurements: dynamic)",
    };

    /// <summary>What the parser finds in each query, errors and warnings; an empty list where it finds nothing.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="withTables">False: a workspace where nothing has arrived, so that no table exists.</param>
    public static string[][] Check(IReadOnlyList<string> queries, bool withTables = true)
    {
        var tables = withTables ? Tables : [];
        var result = NodeTools.RunOwn("queries.cjs", JsonSerializer.Serialize(new { tables, queries }));
        return result.ExitCode == 0
            ? JsonSerializer.Deserialize<string[][]>(result.Output)!
            : throw new InvalidOperationException(result.Errors);
    }
}
