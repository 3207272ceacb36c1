using B24Otmechalka.Cli;

var context = CliContext.OfProcess();
using var signals = new Signals(context.Error);
return await CommandLine.RunAsync(args, context, signals.Token);
