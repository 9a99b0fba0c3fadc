namespace PaymentApp.Tests.Infrastructure;

/// <summary>One shop for the tests of a class; each test buys an order of its own.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    public Shop Shop { get; private set; } = null!;

    public async Task InitializeAsync() => Shop = await Shop.OpenAsync();

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}
