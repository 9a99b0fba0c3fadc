using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PaymentApp.Ledger;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Security;

namespace PaymentApp.Tests.Operations;

/// <summary>What an orchestrator or a load balancer asks.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_shop_that_runs_is_up_and_ready_and_says_no_more(string environment)
    {
        await using var shop = await OpenAsync(environment == "Production" ? ProductionShop.Settings : []);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/healthz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, ""), await AskAsync(shop, "/readyz", HttpMethod.Head));
    }

    [Theory]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = (SELECT MAX(\"MigrationId\") FROM \"__EFMigrationsHistory\")")]
    [InlineData("DROP TABLE \"__EFMigrationsHistory\"")]
    public async Task A_ledger_that_is_not_up_to_date_takes_the_shop_out_of_service_without_ending_it(string change)
    {
        await using var shop = await OpenAsync([]);
        await using (var ledger = await shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync())
            await ledger.Database.ExecuteSqlRawAsync(change);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await AskAsync(shop, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/healthz"));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_opened_takes_the_shop_out_of_service()
    {
        var isAway = false;
        await using var shop = await Shop.OpenAsync(configure: services =>
        {
            ManualShop.StopLoops(services);
            services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(new Outage(() => isAway)));
        });
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/readyz"));

        isAway = true;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await AskAsync(shop, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/healthz"));
    }

    [Fact]
    public async Task A_shop_that_drains_takes_no_new_visitors_and_still_serves()
    {
        var clock = TestClock.Create();
        await using var shop = await Shop.OpenAsync(clock, ManualShop.StopLoops, ("Health:DrainFor", "00:01:00"));

        shop.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await AskAsync(shop, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/healthz"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(shop, "/")).Status);
        var stopped = shop.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped;
        Assert.False(stopped.IsCancellationRequested);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return stopped.IsCancellationRequested;
        });
    }

    [Fact]
    public async Task A_shop_that_is_told_to_refuses_what_is_new_while_it_drains()
    {
        var clock = TestClock.Create();
        await using var shop = await Shop.OpenAsync(
            clock, ManualShop.StopLoops, ("Health:DrainFor", "00:01:00"), ("Health:RefuseWhileDraining", "true"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(shop, "/")).Status);

        shop.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(shop, "/")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(shop, "/_blazor")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(shop, "/_blazor/negotiate?negotiateVersion=1", HttpMethod.Post)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(shop, "/webhooks/stripe", HttpMethod.Post)).Status);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(shop, "/healthz"));
        var stopped = shop.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped;
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return stopped.IsCancellationRequested;
        });
    }

    private static Task<Shop> OpenAsync((string, string)[] settings) => Shop.OpenAsync(configure: ManualShop.StopLoops, settings: settings);

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Shop shop, string path, HttpMethod? method = null)
    {
        using var client = new HttpClient { BaseAddress = shop.Address };
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class Outage(Func<bool> isAway) : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            isAway() ? throw new IOException("the disk at /secret/place is gone") : ValueTask.FromResult(result);

        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            isAway() ? throw new IOException("the disk at /secret/place is gone") : result;
    }
}
