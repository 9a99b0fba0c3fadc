using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Operations;

/// <summary>
/// Tells an orchestrator that the process is up, and a load balancer that it may send visitors:
/// https://learn.microsoft.com/aspnet/core/host-and-deploy/health-checks. Each answers in one word; why stands in the log.
/// </summary>
internal static class Health
{
    public const string LivePath = "/healthz";

    public const string ReadyPath = "/readyz";

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddOptions<HealthOptions>().BindConfiguration(HealthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthChecks().AddCheck<DrainCheck>("drain");
        services.AddSingleton<OpenCircuits>();
        services.AddHostedService<Drain>();
        services.AddOptions<HostOptions>().Configure<IOptions<HealthOptions>>((host, health) => host.ShutdownTimeout += health.Value.DrainFor);
    }

    public static void UseHealth(this WebApplication app)
    {
        app.UseHealthChecks(LivePath, new HealthCheckOptions { Predicate = _ => false });
        app.UseHealthChecks(ReadyPath);
        if (app.Services.GetRequiredService<IOptions<HealthOptions>>().Value.RefuseWhileDraining)
            app.Use(RefuseWhileStopping);
        app.Use(app.Services.GetRequiredService<OpenCircuits>().HoldAsync);
    }

    // A circuit is closed when the host begins to stop, and comes back by such a request.
    private static Task RefuseWhileStopping(HttpContext context, RequestDelegate next)
    {
        if (!context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }

    private sealed class DrainCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
                ? HealthCheckResult.Unhealthy("The shop is about to end.")
                : HealthCheckResult.Healthy());
    }

    /// <summary>
    /// Keeps the server open for a while after it was told to stop, and the process for as long as the host lets it where a
    /// call that may ask Stripe is under way: what it learns is kept, though nobody waits for it any more.
    /// </summary>
    internal sealed class Drain(IOptions<HealthOptions> options, OpenCircuits circuits, CallsUnderWay calls, TimeProvider clock) : IHostedLifecycleService
    {
        private Task? _drained;

        // A host that is stopped twice drains once.
        public Task StoppingAsync(CancellationToken cancellationToken) => _drained ??= DrainAsync(cancellationToken);

        private async Task DrainAsync(CancellationToken cancellationToken)
        {
            if (options.Value.DrainFor > TimeSpan.Zero)
                await Task.Delay(options.Value.DrainFor, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            circuits.Close();
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        // Nothing new begins: the server and the queue have stopped, and with the server the pages that would press anything.
        public async Task StoppedAsync(CancellationToken cancellationToken) =>
            await calls.WhenEndedAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
