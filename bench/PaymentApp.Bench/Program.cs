using PaymentApp.Bench;
using PaymentApp.Tests.Infrastructure.Postgres;

switch (args)
{
    case [SandboxProcess.Argument]:
        await SandboxProcess.ServeAsync();
        return 0;
    case [EmptyApp.Argument]:
        await EmptyApp.ServeAsync();
        return 0;
    case ["--help" or "-h"]:
        Console.WriteLine(BenchOptions.Usage);
        return 0;
}

if (BenchOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}

if (options.Databases?.Contains(BenchOptions.Postgres) == true && PostgresCluster.WhyMissing is { } why)
{
    await Console.Error.WriteLineAsync(why);
    return 2;
}

await Report.PrintAsync(options);
return 0;
