using System.Globalization;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Jobs;

namespace B24Otmechalka.Sandbox.Live;

/// <summary>Runs both jobs as the timers would, until it is cancelled, and says so.</summary>
internal sealed class LiveRun(RunningSandbox sandbox, TextWriter output)
{
    public async Task RunAsync(int pagePort, TimeSpan interval, CancellationToken cancellationToken)
    {
        var timers = new JobTimers(sandbox.Jobs, TimeProvider.System, interval);
        Introduce(pagePort, interval);
        sandbox.Jobs.OnEnded = Tell;
        await timers.RunAsync(cancellationToken);
        output.WriteLine("Stopped.");
    }

    private void Introduce(int pagePort, TimeSpan interval) => output.WriteLine($"""
        Bitrix24    {sandbox.Host.WebhookUrl}crm.contact.list
        otmechalka  {sandbox.Host.OtmechalkaUrl}api/clients/39558/  (Authorization: Token {sandbox.Crms.ApiKey})
        Azurite     {sandbox.Azurite.TableEndpoint}
        """);

    private void Tell(LoggedRun run) => output.WriteLine(
        $"{run.Started.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {run.Job.Name()}  {RunLine.Of(run)}");
}
