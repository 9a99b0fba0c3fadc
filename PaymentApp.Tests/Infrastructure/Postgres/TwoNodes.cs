using Microsoft.Extensions.DependencyInjection;

namespace PaymentApp.Tests.Infrastructure.Postgres;

/// <summary>Two nodes of one shop: one PostgreSQL ledger, one Stripe. Each has a clock of its own, and nothing happens by itself.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private TwoNodes(PostgresDatabase database, ManualShop first, ManualShop second) => (Database, First, Second) = (database, first, second);

    public PostgresDatabase Database { get; }

    public ManualShop First { get; }

    public ManualShop Second { get; }

    public static Task<TwoNodes> OpenAsync(params (string Key, string Value)[] settings) => OpenAsync(configureFirst: null, settings);

    public static async Task<TwoNodes> OpenAsync(Action<IServiceCollection>? configureFirst, params (string Key, string Value)[] settings)
    {
        var database = PostgresDatabase.CreateLedger();
        (string, string)[] shared = [("ConnectionStrings:Payments", database.Connection), .. settings];
        var first = await ManualShop.OpenAsync(configureFirst, shared);
        var stripe = first.Shop.Sandbox.Address;
        var second = await ManualShop.OpenAsync(
            null, [.. shared, ("Stripe:ApiBase", stripe.ToString()), ("Stripe:StripeJsUrl", new Uri(stripe, "/dahlia/stripe.js").ToString())]);
        return new TwoNodes(database, first, second);
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
        Database.Dispose();
    }
}
