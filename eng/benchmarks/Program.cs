using StripeSandbox.Benchmarks;

switch (args)
{
    case [ServerProcess.EchoArgument]:
        await EchoServer.RunAsync();
        return 0;
    case [ServerProcess.SandboxArgument]:
        await SandboxServerProcess.RunAsync();
        return 0;
    case []:
        await ThroughputReport.PrintAsync();
        await ManyIntentsReport.PrintAsync();
        await PaidIntentsReport.PrintAsync();
        return 0;
    case ["throughput"]:
        await ThroughputReport.PrintAsync();
        return 0;
    case ["many"]:
        await ManyIntentsReport.PrintAsync();
        return 0;
    case ["paid"]:
        await PaidIntentsReport.PrintAsync();
        return 0;
    default:
        Console.Error.WriteLine("Takes 'throughput', 'many', 'paid', or nothing for all.");
        return 2;
}
