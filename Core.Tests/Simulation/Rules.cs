using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// The configurations between which the operator changes: another branch office and another payment method in cash; a start date that
/// leaves some of the records out.
/// </summary>
internal static class Rules
{
    private static readonly Settings[] All =
    [
        Read(new()),
        Read(new() { ["Mapping:Contact:Routes:0:BranchOffice"] = "2634", ["Mapping:Deal:CashPaymentMethods:1"] = "452" }),
        Read(new() { ["SYNC_START_DATE"] = "2020-12-25T10:30:00+03:00" }),
    ];

    public static int Count => All.Length;

    /// <summary>The settings of one process, with secrets of its own.</summary>
    public static Settings Of(int variant, Climate climate, bool isCalm, string webhook)
    {
        var (settings, sync) = (All[variant], All[variant].Sync);
        return settings with
        {
            Sync = new()
            {
                StartDate = sync.StartDate,
                TimeBudget = isCalm ? sync.TimeBudget : climate.TimeBudget,
                LookBack = climate.LookBack,
            },
            Bitrix24 = new() { WebhookUrl = webhook },
        };
    }

    private static Settings Read(Dictionary<string, string?> changes)
    {
        var complete = TestSettings.Complete(
            new Uri($"https://{SandboxCrms.Bitrix24Host}/rest/1/token/"),
            new Uri($"https://{SandboxCrms.OtmechalkaHost}/"),
            "sandbox-key"
        );
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(complete).AddInMemoryCollection(changes).Build());
    }
}
