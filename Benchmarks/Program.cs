using System.Text;
using B24Otmechalka.Benchmarks;
using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Work;

Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

return args switch
{
    [SandboxProcess.Role, var scenario] => await SandboxServer.RunAsync(Lines.Read<Scenario>(scenario)),
    [WorkProcess.Role, var order] => await Worker.RunAsync(Lines.Read<WorkOrder>(order), stop.Token),
    _ => await BenchmarkRun.RunAsync(args, stop.Token),
};
