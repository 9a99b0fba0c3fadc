using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;
using PaymentApp.Tests.Faults;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.KnownFailures;

/// <summary>
/// Failure 12, newspack-blocks 1209 and lbry-desktop 6007: 120,000 stolen cards were tried through one form. What is
/// refused never reaches Stripe.
/// </summary>
public sealed class CardTestingTests(FaultyShopFixture fixture) : IClassFixture<FaultyShopFixture>
{
    private static readonly string[] StolenCards = ["pm_card_chargeDeclined", "pm_card_chargeDeclinedExpiredCard"];

    private FaultyShop Shop => fixture.Shop;

    private PaymentsOptions Limits => Shop.Shop.Services.GetRequiredService<IOptions<PaymentsOptions>>().Value;

    [Fact]
    public async Task One_order_takes_so_many_cards_and_no_more()
    {
        var order = await Shop.OrderAsync();
        for (var card = 0; card < Limits.AttemptsPerOrder; card++)
            Assert.IsType<PaymentOutcome.Declined>(await Shop.PayAsync(order, StolenCards[card % 2]));

        MustBeRefused(await Shop.PayAsync(order, StolenCards[Limits.AttemptsPerOrder % 2]));

        Assert.Equal(Limits.AttemptsPerOrder, (await Shop.Shop.BooksOfAsync(order)).Charges.Count);
    }

    [Fact]
    public async Task One_address_tries_so_many_orders_and_no_more()
    {
        const string address = "203.0.113.7";
        for (var order = 0; order < Limits.AttemptsPerAddress; order++)
            Assert.IsType<PaymentOutcome.Declined>(await Shop.PayAsync(await Shop.OrderAsync(), StolenCards[0], address: address));

        var next = await Shop.OrderAsync();
        MustBeRefused(await Shop.PayAsync(next, StolenCards[0], address: address));

        Assert.Empty((await Shop.Shop.BooksOfAsync(next)).Intents);
        Assert.IsType<PaymentOutcome.Succeeded>(await Shop.PayAsync(next, "pm_card_visa", address: "203.0.113.8"));
    }

    private static void MustBeRefused(PaymentOutcome outcome) =>
        Assert.Equal(RefusalReason.TooManyAttempts, Assert.IsType<PaymentOutcome.Refused>(outcome).Reason);
}
