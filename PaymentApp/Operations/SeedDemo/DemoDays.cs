using Microsoft.Extensions.Options;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Webhooks;
using PaymentApp.Work;

namespace PaymentApp.Operations.SeedDemo;

/// <summary>
/// The shoppers of a plausible shop, day by day: most pay, some cards are declined, some banks want to see their shopper.
/// A few orders are held and captured later, and the last days leave something for an operator to do.
/// </summary>
/// <param name="shop">The services of a shop that runs on <paramref name="clock"/>.</param>
/// <param name="today">The day after the last one that is played.</param>
internal sealed class DemoDays(IServiceProvider shop, DemoClock clock, DemoBank bank, DateOnly today)
{
    private const int LeastADay = 9;
    private const int MostADay = 18;

    // Stripe's test PaymentMethods: https://docs.stripe.com/testing.
    private const string DisputedCard = "pm_card_createDispute";
    private const string WarnedCard = "pm_card_createIssuerFraudRecord";

    // Days before today: an uncaptured hold is in its last days by then, or fresh.
    private const int HoldNearItsEnd = 6;
    private const int FreshHold = 2;
    private const int WarningDay = 4;

    private static readonly int[] DisputeDays = [1, 3, 5];

    private static readonly string[] GoodCards =
    [
        "pm_card_visa", "pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_visa_debit", "pm_card_us", "pm_card_de", "pm_card_de",
        "pm_card_fr", "pm_card_gb", "pm_card_ie", "pm_card_jp",
    ];

    private static readonly string[] BankCards = ["pm_card_authenticationRequired", "pm_card_threeDSecure2Required"];

    private static readonly string[] Shoppers = ["ada", "ben", "chloe", "dmitri", "emi", "farid", "greta", "hugo", "ines", "jonas"];

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

    private readonly List<OrderId> _held = [];

    public int Orders { get; private set; }

    public int Paid { get; private set; }

    public async Task PlayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        clock.AdvanceTo(new DateTimeOffset(day.ToDateTime(new TimeOnly(5, 30), DateTimeKind.Utc)));
        await CaptureHeldAsync();
        await PlayExtraAsync(today.DayNumber - day.DayNumber);
        var orders = _random.Next(LeastADay, MostADay + 1);
        foreach (var minute in Enumerable.Range(0, orders).Select(_ => _random.Next(6 * 60, 24 * 60)).Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.AdvanceTo(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue.AddMinutes(minute), DateTimeKind.Utc)));
            await PlayShopperAsync();
        }

        await CatchUpAsync(cancellationToken);
    }

    /// <summary>Takes the money of yesterday's holds, of some in part: their operator comes in the morning.</summary>
    private async Task CaptureHeldAsync()
    {
        foreach (var order in _held)
        {
            if (await FindAsync(order) is not { State: PaymentState.Authorized } payment)
                continue;
            var part = _random.Next(3) == 0 ? payment.Authorized with { MinorUnits = payment.Authorized.MinorUnits * 3 / 4 } : (Money?)null;
            if (await InScopeAsync(services => services.GetRequiredService<IPaymentOperations>().CaptureAsync(order, part, PaymentActor.Operator)) is OperationOutcome.Done)
                Paid++;
        }

        _held.Clear();
    }

    /// <summary>What a day has beside its usual shoppers.</summary>
    private async Task PlayExtraAsync(int daysAgo)
    {
        var held = await PlaceAsync();
        if (await PayAsync(held, Any(GoodCards), capture: CaptureMode.Manual) is PaymentOutcome.RequiresCapture && daysAgo is not (HoldNearItsEnd or FreshHold))
            _held.Add(held);
        var trouble = DisputeDays.Contains(daysAgo) ? DisputedCard : daysAgo is WarningDay ? WarnedCard : null;
        if (trouble is not null && await PayAsync(await PlaceAsync(), trouble) is PaymentOutcome.Succeeded)
            Paid++;
    }

    /// <summary>Has the shop hear what its shoppers' banks did, and do what is due.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        clock.Advance(TimeSpan.FromMinutes(5));
        await shop.GetRequiredService<IWorkQueue>().ScheduleAsync(WorkKind.CatchUp, EventCatchUp.Subject, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await shop.GetRequiredService<WorkProcessor>().RunDueAsync(cancellationToken);
    }

    private async Task<OrderId> PlaceAsync()
    {
        var products = shop.GetRequiredService<Catalogue>().Products;
        var order = await shop.GetRequiredService<IOrderBook>().PlaceAsync(products[_random.Next(products.Count)]);
        Orders++;
        clock.Advance(TimeSpan.FromSeconds(_random.Next(20, 120)));
        return order.Id;
    }

    private async Task PlayShopperAsync()
    {
        var order = await PlaceAsync();
        var outcome = _random.Next(100) switch
        {
            < 4 => null,
            < 50 => await PayAsync(order, Any(GoodCards)),
            < 66 => await PayAfterDeclineAsync(order),
            < 88 => await AuthenticateAsync(order),
            < 97 => await PayUnderBasicIntegrationAsync(order),
            _ => await RefundAsync(order),
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
        var outcome = await PayAsync(order, Any(BankCards));
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
        var outcome = await PayAsync(order, Any(BankCards), AuthenticationMode.Decline);
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

    private Task<PaymentOutcome> PayAsync(
        OrderId order, string card, AuthenticationMode authentication = AuthenticationMode.Handle, CaptureMode capture = CaptureMode.Automatic) =>
        InScopeAsync(services =>
        {
            // Most want a receipt, and some come again.
            if (_random.Next(10) < 7)
                services.GetRequiredService<ShopperConnection>().Email = EmailAddress.Parse($"{Any(Shoppers)}@shoppers.example");
            return ActivatorUtilities.CreateInstance<PaymentService>(services, Options.Create(new PaymentsOptions { Capture = capture }))
                .PayAsync(order, PaymentMethodId.Parse(card), authentication);
        });

    private Task<Payment?> FindAsync(OrderId order) => shop.GetRequiredService<IPaymentLedger>().FindAsync(order);

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = shop.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    private string Any(string[] cards) => cards[_random.Next(cards.Length)];
}
