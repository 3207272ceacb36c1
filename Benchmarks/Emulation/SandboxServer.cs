using System.Globalization;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Benchmarks.Emulation;

/// <summary>The process of the emulated CRMs: answers one line for each line it hears.</summary>
internal static class SandboxServer
{
    /// <summary>The latency model of all measurements.</summary>
    public static readonly LatencyModel Latency = new()
    {
        List = TimeSpan.FromMilliseconds(40),
        Counting = TimeSpan.FromMilliseconds(40),
        Update = TimeSpan.FromMilliseconds(30),
        Get = TimeSpan.FromMilliseconds(20),
        Other = TimeSpan.FromMilliseconds(20),
    };

    public static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(30);
    public static readonly TimeSpan OtmechalkaLatency = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(Scenario scenario)
    {
        var crms = SampleData.CreateEmpty(TimeProvider.System);
        crms.Bitrix24Endpoint.Journal.Capacity = 0;
        crms.OtmechalkaEndpoint.Journal.Capacity = 0;
        (crms.Portal.Options.Latency, crms.Portal.Options.RoundTrip) = (Latency, RoundTrip);
        (crms.Otmechalka.Options.Latency, crms.Otmechalka.Options.MaxClients) = (OtmechalkaLatency, int.MaxValue);
        SandboxSeed.Add(crms, scenario);
        if (scenario.RefuseEvery > 0)
        {
            crms.Portal.CommandFault = call =>
                call.Method.EndsWith(".update", StringComparison.Ordinal) && call.Id % scenario.RefuseEvery == 0
                    ? RestException.OfMethod("Access denied")
                    : null;
        }

        DateTimeOffset? first = null;
        crms.Bitrix24Endpoint.OnRequest = _ => first ??= TimeProvider.System.GetUtcNow();
        await using var host = await SandboxHost.StartAsync(crms, new SandboxPorts { Tls = true });
        Console.WriteLine(
            Lines.Write(
                new SandboxAddresses(
                    host.WebhookUrl,
                    host.SecureWebhookUrl,
                    host.Certificate!.ExportCertificatePem(),
                    host.OtmechalkaUrl,
                    crms.ApiKey
                )
            )
        );
        while (await Console.In.ReadLineAsync() is { } question)
        {
            switch (question.Split(' '))
            {
                case ["arm"]:
                    Arm(crms, true);
                    first = null;
                    break;
                case ["disarm"]:
                    Arm(crms, false);
                    break;
                case ["touch", var count]:
                    SandboxSeed.Touch(crms, int.Parse(count, CultureInfo.InvariantCulture));
                    break;
            }

            Console.WriteLine(Lines.Write(Report(crms) with { FirstRequest = first }));
        }

        return 0;
    }

    private static void Arm(SandboxCrms crms, bool armed)
    {
        crms.Portal.Options.RateLimit = armed ? RateLimit.Usual : null;
        crms.Portal.Options.WaitForLatency = armed;
        crms.Otmechalka.Options.WaitForLatency = armed;
        crms.Bitrix24Endpoint.Reset();
        crms.OtmechalkaEndpoint.Reset();
    }

    private static SandboxReport Report(SandboxCrms crms)
    {
        var traffic = crms.Bitrix24Endpoint.Traffic;
        return new SandboxReport
        {
            Requests = traffic.Requests,
            Commands = traffic.TotalCommands,
            Refused = traffic.RateLimited,
            ServerSeconds = traffic.ServerTime.TotalSeconds,
            OtmechalkaRequests = crms.OtmechalkaEndpoint.Traffic.Requests,
            SuccessfulContacts = crms.Portal.Contacts.Ids.Count(id =>
                crms.Portal.Contacts.Text(id, SampleFields.Status) == SandboxSeed.Success
            ),
            SuccessfulDeals = crms.Portal.Deals.Ids.Count(id => crms.Portal.Deals.Text(id, SampleFields.Status) == SandboxSeed.Success),
            Clients = crms.Otmechalka.Store.ClientCount,
            Tickets = crms.Otmechalka.Store.Tickets.Count,
            Doubles = crms.Otmechalka.Store.Doubles.Count,
            Updates = crms.Otmechalka.Store.Clients.Sum(client => client.Updates),
        };
    }
}
