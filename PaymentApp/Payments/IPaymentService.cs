namespace PaymentApp.Payments;

/// <summary>
/// Takes an order's payment from the card to the money, as Stripe's guide <i>Migrate your basic card integration</i>
/// describes: https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions. Safe to call twice, from two
/// tabs, or after a crash: one order has one PaymentIntent and is charged at most once.
/// </summary>
public interface IPaymentService
{
    /// <summary>
    /// Pays an order with a PaymentMethod that the browser made. Creates the order's PaymentIntent, or confirms the one
    /// it has. An earlier request whose outcome is unknown is settled first.
    /// </summary>
    /// <param name="paymentMethod">An id from <c>stripe.createPaymentMethod</c>, fresh for every attempt.</param>
    /// <param name="authentication">The integration to use; null for the one that is configured.</param>
    Task<PaymentOutcome> PayAsync(
        OrderId order, PaymentMethodId paymentMethod, AuthenticationMode? authentication = null, CancellationToken cancellationToken = default);

    /// <summary>Goes on after <c>stripe.handleCardAction</c>, whatever it said: the intent is read and, where it waits for it, confirmed.</summary>
    /// <param name="actor">Who goes on, for the timeline.</param>
    Task<PaymentOutcome> ConfirmAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives up the authentication that a payment waits for, because its shopper wants to use another card. It is noted
    /// first, so that neither a look nor another tab confirms it; the next card pays by the same PaymentIntent.
    /// </summary>
    /// <returns>
    /// How the payment stands then: as it did where it waits for no authentication or a request is under way. Null where
    /// there is no such order.
    /// </returns>
    Task<Payment?> GiveUpAuthenticationAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>How an order's payment stands as far as the ledger knows; asks nobody. Null where there is no such order.</summary>
    Task<Payment?> FindAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>The version that an order's payment is at, for who has read it before; null where there is no such order.</summary>
    Task<int?> FindVersionAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds out how an order's payment stands and settles a request whose outcome is unknown. Confirms nothing new:
    /// where the order awaits authentication or confirmation, <see cref="ConfirmAsync"/> goes on with it. Null where
    /// there is no such order.
    /// </summary>
    /// <param name="actor">Who wants to know, for the timeline.</param>
    Task<Payment?> RefreshAsync(OrderId order, PaymentActor actor, CancellationToken cancellationToken = default);
}

/// <summary>The service for callers that hold what a browser sent.</summary>
public static class PaymentServiceExtensions
{
    /// <summary>Pays an order, or refuses where the text is not shaped like the id of a PaymentMethod.</summary>
    /// <inheritdoc cref="IPaymentService.PayAsync"/>
    public static async Task<PaymentOutcome> PayAsync(
        this IPaymentService payments,
        OrderId order,
        string? paymentMethod,
        AuthenticationMode? authentication = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payments);
        return PaymentMethodId.TryParse(paymentMethod, out var id)
            ? await payments.PayAsync(order, id, authentication, cancellationToken)
            : new PaymentOutcome.Refused(RefusalReason.MalformedPaymentMethod);
    }
}
