using B24Otmechalka.Sandbox;

return await CommandLine.RunAsync(args);
