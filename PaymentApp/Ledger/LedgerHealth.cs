using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PaymentApp.Ledger;

/// <summary>Whether the ledger can be read and has the tables that this version of the app works with.</summary>
internal sealed class LedgerHealth(IDbContextFactory<LedgerContext> contexts) : IHealthCheck
{
    /// <summary>A load balancer asks again soon.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var ledger = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = await ledger.Database.GetPendingMigrationsAsync(cancellationToken);
        return pending.Any() ? HealthCheckResult.Unhealthy("The ledger is not up to date.") : HealthCheckResult.Healthy();
    }
}
