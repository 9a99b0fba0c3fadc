using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Operations.SeedDemo;

/// <summary>The shoppers of a plausible shop, day by day: most pay, some cards are declined, some banks want to see their shopper.</summary>
/// <param name="shop">The services of a shop that runs on <paramref name="clock"/>.</param>
internal sealed class DemoDays(IServiceProvider shop, DemoClock clock, DemoBank bank)
{
    private const int LeastADay = 9;
    private const int MostADay = 18;

    // Stripe's test PaymentMethods: https://docs.stripe.com/testing.
    private const string BankCard = "pm_card_authenticationRequired";

    private static readonly string[] GoodCards = ["pm_card_visa", "pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_visa_debit"];

    private static readonly string[] DeclinedCards =
    [
        "pm_card_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds",
        "pm_card_chargeDeclined", "pm_card_chargeDeclined", "pm_card_chargeDeclinedExpiredCard", "pm_card_chargeDeclinedIncorrectCvc",
        "pm_card_chargeDeclinedProcessingError", "pm_card_visa_chargeDeclinedLostCard",
    ];

    // The same days each time: two who seed a demo see the same shop.
#pragma warning disable CA5394 // Nothing is guarded by it.
    private readonly Random _random = new(20_260_901);
#pragma warning restore CA5394

    public int Orders { get; private set; }

    public int Paid { get; private set; }

    public async Task PlayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var orders = _random.Next(LeastADay, MostADay + 1);
        foreach (var minute in Enumerable.Range(0, orders).Select(_ => _random.Next(6 * 60, 24 * 60)).Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.AdvanceTo(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue.AddMinutes(minute), DateTimeKind.Utc)));
            await PlayShopperAsync();
        }
    }

    private async Task PlayShopperAsync()
    {
        var products = shop.GetRequiredService<Catalogue>().Products;
        var order = await shop.GetRequiredService<IOrderBook>().PlaceAsync(products[_random.Next(products.Count)]);
        Orders++;
        clock.Advance(TimeSpan.FromSeconds(_random.Next(20, 120)));
        var outcome = _random.Next(100) switch
        {
            < 4 => null,
            < 50 => await PayAsync(order.Id, Any(GoodCards)),
            < 66 => await PayAfterDeclineAsync(order.Id),
            < 88 => await AuthenticateAsync(order.Id),
            < 96 => await PayUnderBasicIntegrationAsync(order.Id),
            < 98 => await RefundAsync(order.Id),
            _ => await PayAsync(order.Id, "pm_card_createDispute"),
        };
        if (outcome is PaymentOutcome.Succeeded)
            Paid++;
    }

    private async Task<PaymentOutcome> PayAfterDeclineAsync(OrderId order)
    {
        var outcome = await PayAsync(order, Any(DeclinedCards));
        clock.Advance(TimeSpan.FromSeconds(_random.Next(15, 90)));
        return _random.Next(100) < 55 ? await PayAsync(order, Any(GoodCards)) : outcome;
    }

    private async Task<PaymentOutcome?> AuthenticateAsync(OrderId order)
    {
        var outcome = await PayAsync(order, BankCard);
        if (outcome is not PaymentOutcome.ActionRequired || await FindAsync(order) is not { Intent: { } intent })
            return outcome;

        var fate = _random.Next(100);
        // Some close the page: Stripe gives the attempt up after an hour.
        if (fate >= 92)
        {
            clock.Advance(TimeSpan.FromMinutes(61));
            await InScopeAsync(services => services.GetRequiredService<IPaymentService>().RefreshAsync(order, PaymentActor.Sweeper));
            return null;
        }

        clock.Advance(TimeSpan.FromSeconds(Math.Min(400, 8 + (_random.NextDouble() * _random.NextDouble() * 240))));
        await bank.EndChallengeAsync(intent, passes: fate < 82);
        outcome = await InScopeAsync(services => services.GetRequiredService<IPaymentService>().ConfirmAsync(order, PaymentActor.Shopper));
        return fate < 82 || fate > 86 ? outcome : await PayAsync(order, Any(GoodCards));
    }

    /// <summary>What the shop would be without the upgrade: the bank's wish fails the card.</summary>
    private async Task<PaymentOutcome> PayUnderBasicIntegrationAsync(OrderId order)
    {
        var outcome = await PayAsync(order, BankCard, AuthenticationMode.Decline);
        clock.Advance(TimeSpan.FromSeconds(40));
        return _random.Next(100) < 25 ? await PayAsync(order, Any(GoodCards), AuthenticationMode.Decline) : outcome;
    }

    private async Task<PaymentOutcome> RefundAsync(OrderId order)
    {
        var outcome = await PayAsync(order, Any(GoodCards));
        clock.Advance(TimeSpan.FromMinutes(30));
        if (await FindAsync(order) is { Refundable.MinorUnits: > 0 } payment)
        {
            var half = payment.Refundable with { MinorUnits = payment.Refundable.MinorUnits / 2 };
            await InScopeAsync(services => services.GetRequiredService<IPaymentOperations>().RefundAsync(
                order, _random.Next(2) == 0 ? half : null, RefundReason.RequestedByCustomer, PaymentActor.Operator));
        }

        return outcome;
    }

    private Task<PaymentOutcome> PayAsync(OrderId order, string card, AuthenticationMode authentication = AuthenticationMode.Handle) =>
        InScopeAsync(services => services.GetRequiredService<IPaymentService>().PayAsync(order, PaymentMethodId.Parse(card), authentication));

    private Task<Payment?> FindAsync(OrderId order) => shop.GetRequiredService<IPaymentLedger>().FindAsync(order);

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = shop.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    private string Any(string[] cards) => cards[_random.Next(cards.Length)];
}
