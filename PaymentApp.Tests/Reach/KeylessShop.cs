using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PaymentApp.Payments;
using PaymentApp.Tests.Killing;

namespace PaymentApp.Tests.Reach;

/// <summary>The shop as the README's first command starts it, in a process of its own: no keys, the sandbox beside it.</summary>
internal sealed partial class KeylessShop : IDisposable
{
    private readonly ChildProcess _process;

    private KeylessShop(ChildProcess process, string said)
    {
        _process = process;
        Port = int.Parse(ListeningPort().Match(said).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        SandboxPort = int.Parse(DashboardPort().Match(process.Said).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public int SandboxPort { get; }

    /// <summary>Starts it in a folder with these settings beside those of a development machine.</summary>
    public static async Task<KeylessShop> StartAsync(string folder, params (string Name, string Value)[] settings)
    {
        var process = Run(folder, settings);
        return await process.Ready is { } line ? new KeylessShop(process, line) : throw new InvalidOperationException("The shop did not start:\n" + process.Said);
    }

    /// <summary>The same, ready or not.</summary>
    public static ChildProcess Run(string folder, params (string Name, string Value)[] settings) => ChildProcess.Start(
        [typeof(IPaymentService).Assembly.Location],
        [
            new("ASPNETCORE_ENVIRONMENT", "Development"), new("DOTNET_ENVIRONMENT", "Development"), new("HOME", folder),
            new("ConnectionStrings:Payments", $"Data Source={Path.Combine(folder, "payments.db")}"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
        ],
        folder,
        "Now listening on");

    /// <summary>What its sandbox answers to a caller at this host, without a key or with one.</summary>
    public async Task<int> AskSandboxAsync(string host, string path, string? key = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}:{SandboxPort}{path}");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public void Dispose() => _process.Dispose();

    [GeneratedRegex(@"Now listening on: http://\S+:(\d+)")]
    private static partial Regex ListeningPort();

    [GeneratedRegex(@"dashboard is at http://\S+:(\d+)")]
    private static partial Regex DashboardPort();
}
