using B24Otmechalka.Cli;

var surroundings = Surroundings.OfProcess();
using var signals = new Signals(surroundings.Error);
return await CommandLine.RunAsync(args, surroundings, signals.Token);
