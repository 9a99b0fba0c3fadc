namespace PaymentApp.Payments;

/// <summary>
/// When an order that cannot move by itself is looked at. Stripe sends no event for <c>requires_confirmation</c> and
/// gives an attempt up after an hour, so those are looked at well within it (invariant 5).
/// </summary>
internal static class NextLook
{
    /// <summary>How long banks hold an amount where Stripe does not say: https://docs.stripe.com/payments/place-a-hold-on-a-payment-method.</summary>
    private static readonly TimeSpan UsualHold = TimeSpan.FromDays(7);

    // For somebody to act.
    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestForBanks = TimeSpan.FromHours(6);

    /// <summary>How long to wait before the next look; null when nothing is left open.</summary>
    /// <param name="hold">How long the bank holds an authorized amount since the payment moved; null where Stripe does not say.</param>
    /// <param name="sinceMoved">How long ago the payment last moved: the longer, the rarer the looks.</param>
    public static TimeSpan? After(
        PaymentState state, bool hasIntent, bool hasOpenStep, bool hasPendingRefund, TimeSpan? hold, TimeSpan sinceMoved, PaymentsOptions options)
    {
        TimeSpan? wait = state switch
        {
            _ when hasOpenStep => Growing(TimeSpan.FromMinutes(1), sinceMoved, Longest),
            PaymentState.AwaitingAuthentication => sinceMoved < TimeSpan.FromMinutes(2) ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(5),
            PaymentState.AwaitingConfirmation => options.AfterAuthentication is AfterAuthentication.Confirm
                ? Growing(TimeSpan.FromMinutes(1), sinceMoved, TimeSpan.FromMinutes(5))
                : TimeSpan.FromMinutes(10),
            PaymentState.Processing => Growing(TimeSpan.FromMinutes(1), sinceMoved, LongestForBanks),
            PaymentState.Authorized => Until(NearEndOf(hold), sinceMoved) ?? Until(hold ?? UsualHold, sinceMoved) ?? LongestForBanks,
            PaymentState.AwaitingPayment => Until(options.AbandonAfter, sinceMoved) ?? TimeSpan.FromHours(1),
            PaymentState.Paid when hasPendingRefund => Growing(TimeSpan.FromMinutes(15), sinceMoved, LongestForBanks),
            _ => null,
        };

        // What the shopper has left is given up in time, whatever the state.
        return !hasOpenStep && IsUnpaid(state) && Until(options.AbandonAfter, sinceMoved) is { } left && left < wait ? left : wait;
    }

    /// <summary>When a hold has a day left, since the payment moved.</summary>
    public static TimeSpan NearEndOf(TimeSpan? hold) => (hold ?? UsualHold) - LastDay;

    /// <summary>Whether the shopper has something to do before the order is paid.</summary>
    public static bool IsUnpaid(PaymentState state) =>
        state is PaymentState.AwaitingPayment or PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation;

    /// <summary>As long again as it took until now.</summary>
    private static TimeSpan Growing(TimeSpan first, TimeSpan sinceMoved, TimeSpan longest) =>
        first + sinceMoved is var wait && wait < longest ? wait : longest;

    private static TimeSpan? Until(TimeSpan moment, TimeSpan sinceMoved) => sinceMoved < moment ? moment - sinceMoved : null;
}
