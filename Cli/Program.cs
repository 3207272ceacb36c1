using System.Globalization;
using B24Otmechalka.Cli;

var context = CliContext.OfProcess();
CultureInfo.DefaultThreadCurrentUICulture = Language.Of(args, context); // a signal comes on a thread of its own
using var signals = new Signals(context);
return await CommandLine.RunAsync(args, context, signals.Token);
