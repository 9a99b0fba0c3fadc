using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PaymentApp.Operations;

namespace PaymentApp.Tests.Operations;

/// <summary>A command line of the app that was run to its end, in a folder of its own.</summary>
/// <param name="Files">What it left in the folder.</param>
internal sealed record CommandRun(int ExitCode, string Output, IReadOnlyList<string> Files)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<string> NotOk => Lines.Where(line => line.StartsWith("NOT OK", StringComparison.Ordinal));

    public IEnumerable<string> Notes => Lines.Where(line => line.StartsWith("note", StringComparison.Ordinal));

    public static Task<CommandRun> OfAsync(string[] args, params (string Key, string? Value)[] settings) =>
        OfAsync(args, "Development", null, settings);

    /// <param name="settings">The later one of two with the same key wins.</param>
    public static async Task<CommandRun> OfAsync(
        string[] args, string environment, Action<WebApplicationBuilder>? configure, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("payment-app-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = nameof(PaymentApp),
            Args = args,
            EnvironmentName = environment,
            ContentRootPath = folder,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:Payments"] = $"Data Source={Path.Combine(folder, "payments.db")};Pooling=False";
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddPaymentApp();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UsePaymentApp();
        // Whoever serves is told to end as soon as it does.
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
        await using var output = new StringWriter { NewLine = "\n" };

        var exitCode = await app.RunPaymentAppAsync(args, output);

        var files = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).ToList();
        Directory.Delete(folder, recursive: true);
        return new CommandRun(exitCode, output.ToString(), files);
    }
}
