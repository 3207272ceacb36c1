using System.Globalization;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Jobs;
using B24Otmechalka.Sandbox.Page;

namespace B24Otmechalka.Sandbox.Live;

/// <summary>Serves the page and runs both jobs as the timers would, until it is cancelled, and says what happens.</summary>
internal sealed class LiveRun(RunningSandbox sandbox, TextWriter output)
{
    public async Task RunAsync(int pagePort, TimeSpan interval, CancellationToken cancellationToken)
    {
        var timers = new JobTimers(sandbox.Jobs, TimeProvider.System, interval);
        sandbox.Jobs.OnEnded = Tell;
        await using (var page = await PageHost.StartAsync(sandbox, timers, pagePort, cancellationToken))
        {
            Introduce(page.Address, interval);
            await timers.RunAsync(cancellationToken);
        }

        output.WriteLine("Stopped.");
    }

    private void Introduce(Uri page, TimeSpan interval) =>
        output.WriteLine(
            $"""
            The page    {page}
            Bitrix24    {sandbox.Host.WebhookUrl}
            otmechalka  {sandbox.Host.OtmechalkaUrl}  (Authorization: Token {sandbox.Crms.ApiKey})
            Azurite     {sandbox.Azurite.TableEndpoint}

            Contacts are carried over every {interval:c}, deals in between. On the page you can
              - add a contact or a deal, or mend one, and see it arrive in otmechalka;
              - clear a status: the record is sent again;
              - switch otmechalka or Bitrix24 off, let otmechalka refuse a record, and see what follows.
            Ctrl+C ends it; nothing is kept.

            """
        );

    private void Tell(LoggedRun run) =>
        output.WriteLine(
            $"{run.Started.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {run.Job.Name()}  "
                + $"{PrintableText.OneLine(RunLine.Of(run))}"
        );
}
