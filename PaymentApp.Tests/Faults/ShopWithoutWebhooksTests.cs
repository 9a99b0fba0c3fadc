namespace PaymentApp.Tests.Faults;

/// <summary>The fault matrix where no webhook ever comes: to ask again and the sweeper must do.</summary>
public sealed class ShopWithoutWebhooksTests(FaultyShopFixture fixture) : FaultMatrix(fixture.Shop), IClassFixture<FaultyShopFixture>
{
    [Theory]
    [MemberData(nameof(CallsAndFaults), 1)]
    public Task A_fault_of_one_try_is_asked_away(GatewayCall call, Fault fault) => MeetOnceAsync(call, fault);

    [Theory]
    [MemberData(nameof(CallsAndFaults), 2)]
    public Task A_fault_of_every_try_is_told_truly_and_healed_by_the_sweeper(GatewayCall call, Fault fault) => MeetForLongAsync(call, fault);

    [Theory]
    [MemberData(nameof(CallsAndFaults), 3)]
    public Task Who_asks_again_after_a_fault_of_every_try_gets_it_once(GatewayCall call, Fault fault) => MeetAndAskAgainAsync(call, fault);
}
