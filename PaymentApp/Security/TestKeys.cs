using PaymentApp.Stripe;

namespace PaymentApp.Security;

/// <summary>Whether the shop on the internet takes test cards only: its visitors and its operator are told.</summary>
internal sealed class TestKeys(IHostEnvironment environment, StripeConnection stripe)
{
    public bool AreInProduction => environment.IsProduction() && !stripe.IsLive;
}

/// <summary>Tells the operator at the start.</summary>
internal sealed partial class TestKeysNotice(TestKeys keys, ILogger<TestKeysNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (keys.AreInProduction)
            Log.InProduction(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "This shop runs in Production with test keys: no real money moves, and every page says so. Set Stripe:SecretKey and Stripe:PublishableKey to live keys")]
        public static partial void InProduction(ILogger logger);
    }
}

/// <summary>Wires them.</summary>
internal static class TestKeysExtensions
{
    public static void AddTestKeys(this IServiceCollection services)
    {
        services.AddSingleton<TestKeys>();
        services.AddHostedService<TestKeysNotice>();
    }
}
