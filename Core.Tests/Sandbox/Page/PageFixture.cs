using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Jobs;
using B24Otmechalka.Sandbox.Page;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>
/// A running sandbox with its page, and a browser, for all tests of the page. No timer runs: each test starts the jobs itself.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PageFixture(IMessageSink sink) : IAsyncLifetime, ICollectionFixture<PageFixture>
{
    public const string Name = "the page";

    private Browser? browser;
    private PageHost? host;

    internal Browser Browser => browser!;

    internal RunningSandbox Sandbox { get; private set; } = null!;

    internal Uri Address => host!.Address;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        var browser = Browser.StartAsync(text => sink.OnMessage(new DiagnosticMessage(text)));
        Sandbox = await RunningSandbox.StartAsync(new SandboxPorts(), 0, CancellationToken.None);
        host = await PageHost.StartAsync(
            Sandbox,
            new JobTimers(Sandbox.Jobs, TimeProvider.System, TimeSpan.FromMinutes(1)),
            0,
            CancellationToken.None
        );
        this.browser = await browser;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (Sandbox is not null)
        {
            await Sandbox.DisposeAsync();
        }
    }
}
