namespace PaymentApp.Tests.Faults;

/// <summary>One shop for the matrix of a class; each cell buys an order of its own.</summary>
public class FaultyShopFixture : IAsyncLifetime
{
    public FaultyShop Shop { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Shop = await FaultyShop.OpenAsync();

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}

/// <summary>The same, and Stripe sends it webhooks.</summary>
public sealed class ShopWithWebhooksFixture : FaultyShopFixture
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Shop.RegisterWebhooksAsync();
    }
}
