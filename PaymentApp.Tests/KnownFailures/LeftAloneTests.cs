using PaymentApp.Payments;
using PaymentApp.Tests.Faults;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.KnownFailures;

/// <summary>
/// Failure 5, woocommerce-gateway-stripe PR 2106: Stripe sends no event for <c>requires_confirmation</c>, so intents stayed
/// there until their hour was over, and the shopper had not paid.
/// </summary>
public sealed class LeftAloneTests(FaultyShopFixture fixture) : IClassFixture<FaultyShopFixture>
{
    private FaultyShop Shop => fixture.Shop;

    [Fact]
    public async Task A_shopper_who_authenticates_and_closes_the_tab_has_paid_within_the_hour()
    {
        var order = await Shop.OrderAsync();
        Assert.IsType<PaymentOutcome.ActionRequired>(await Shop.PayAsync(order, "pm_card_authenticationRequired"));
        await Shop.Shop.AuthenticateAsync(Assert.Single((await Shop.Shop.BooksOfAsync(order)).Intents).Id);
        Assert.Equal(IntentStatus.RequiresConfirmation, Assert.Single((await Shop.Shop.BooksOfAsync(order)).Intents).Status);

        await Shop.LeaveAloneAsync();

        await Shop.Shop.AssertPaidOnceAsync(order);
    }
}
