using PaymentApp.Payments;

namespace PaymentApp.Tests.Faults;

/// <summary>The fault matrix where webhooks come late, twice and in any order: they and the sweeper do not get in each other's way.</summary>
public sealed class ShopWithWebhooksTests(ShopWithWebhooksFixture fixture) : FaultMatrix(fixture.Shop), IClassFixture<ShopWithWebhooksFixture>
{
    [Theory]
    [MemberData(nameof(CallsAndFaults), 0)]
    public Task A_fault_of_every_try_is_told_truly_and_healed_by_webhooks(GatewayCall call, Fault fault) => MeetForLongAsync(call, fault);

    protected override Task HoldEventsAsync() => Shop.HoldWebhooksAsync();

    /// <summary>Once they are there, and before the sweeper looks, no order is charged and unpaid.</summary>
    protected override async Task LetEventsComeAsync(OrderId order)
    {
        await Shop.ReleaseWebhooksAsync();
        await Shop.SettleInboxAsync();
        await MustAgreeAsync(order);
    }
}
