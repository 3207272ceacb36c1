using System.CommandLine;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Live;
using B24Otmechalka.Sandbox.Once;

namespace B24Otmechalka.Sandbox;

/// <summary>The sandbox's command line. Results go to standard output, everything else to standard error.</summary>
internal sealed class CommandLine
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    private readonly Option<bool> once = new("--once")
    {
        Description = "Run each job once over the sample data, print what happened to each record, and end with 0 or 1",
    };

    private readonly PortOption pagePort = new("--page-port", "the page", 5240);
    private readonly PortOption bitrix24Port = new("--bitrix24-port", "the emulated Bitrix24", 5241);
    private readonly PortOption otmechalkaPort = new("--otmechalka-port", "the emulated otmechalka", 5242);
    private readonly PortOption tablePort = new("--table-port", "Azurite's table service", 5243);

    private readonly Option<TimeSpan> interval = new("--interval")
    {
        Description = "How often each job runs: 90s, 5m, 1h, or 00:05:00",
        HelpName = "interval",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        CustomParser = result =>
        {
            if (Interval.TryParse(result.Tokens[0].Value, out var interval))
            {
                return interval;
            }

            result.AddError($"--interval: {result.Tokens[0].Value} is no interval from 1 second to 1 day, such as 90s, 5m or 00:05:00.");
            return default;
        },
    };

    /// <returns>0, or 1 when something went wrong; never throws for what a person can mend.</returns>
    public static Task<int> RunAsync(string[] arguments) =>
        new CommandLine()
            .Build()
            .Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = EndLimit, EnableDefaultExceptionHandler = false });

    private RootCommand Build()
    {
        var command = new RootCommand(
            "Bitrix24 and otmechalka emulated on this machine, with sample data, a real Azurite, and the integration between them."
        )
        {
            once,
            interval,
            pagePort,
            bitrix24Port,
            otmechalkaPort,
            tablePort,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult options, CancellationToken cancellationToken)
    {
        var once = options.GetValue(this.once);
        try
        {
            int PortOf(PortOption option) => options.GetValue(option) ?? (once ? 0 : option.Usual);

            var ports = new SandboxPorts(PortOf(bitrix24Port), PortOf(otmechalkaPort));
            await using var sandbox = await RunningSandbox.StartAsync(ports, PortOf(tablePort), cancellationToken);
            if (once)
            {
                return await new OnceRun(sandbox, Console.Out).RunAsync(cancellationToken) ? 0 : 1;
            }

            await new LiveRun(sandbox, Console.Out).RunAsync(PortOf(pagePort), options.GetValue(interval), cancellationToken);
            return 0;
        }
        catch (SandboxException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return 1;
        }
    }

    /// <summary>A port: 0 is a free one, which is also what a single run takes when nothing is said.</summary>
    private sealed class PortOption : Option<int?>
    {
        public PortOption(string name, string whose, int usual)
            : base(name)
        {
            (Usual, HelpName) = (usual, "port");
            Description = $"Port of {whose}; 0 picks a free one [default: {usual}; with --once: 0]";
            Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int?>() is < 0 or > 65_535)
                {
                    result.AddError($"{name}: a port is a number from 0 to 65535.");
                }
            });
        }

        public int Usual { get; }
    }
}
