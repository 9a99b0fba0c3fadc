namespace PaymentApp.Payments;

/// <summary>
/// When an order that cannot move by itself is looked at. Stripe sends no event for <c>requires_confirmation</c> and
/// gives an attempt up after an hour, so those are looked at well within it (invariant 5).
/// </summary>
internal static class NextLook
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long the bank holds an authorized amount, less a day for somebody to act.</summary>
    private static readonly TimeSpan HoldNearsItsEnd = TimeSpan.FromDays(6);

    /// <summary>How long to wait before the next look; null when nothing is left open.</summary>
    /// <param name="looks">How often it was looked at since it last moved.</param>
    public static TimeSpan? After(
        PaymentState state, bool hasIntent, bool hasOpenStep, bool hasPendingRefund, int looks, PaymentsOptions options) => state switch
        {
            _ when hasOpenStep => Growing(TimeSpan.FromMinutes(1), looks, Longest),
            PaymentState.AwaitingAuthentication => looks == 0 ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(5),
            PaymentState.AwaitingConfirmation => options.AfterAuthentication is AfterAuthentication.Confirm
                ? Growing(TimeSpan.FromMinutes(1), looks, TimeSpan.FromMinutes(5))
                : TimeSpan.FromMinutes(10),
            PaymentState.Processing => Growing(TimeSpan.FromMinutes(1), looks, Longest),
            PaymentState.Authorized => looks == 0 ? HoldNearsItsEnd : TimeSpan.FromHours(6),
            PaymentState.AwaitingPayment when hasIntent => looks == 0 ? options.AbandonAfter : TimeSpan.FromHours(1),
            PaymentState.Paid when hasPendingRefund => Growing(TimeSpan.FromMinutes(15), looks, TimeSpan.FromHours(6)),
            _ => null,
        };

    private static TimeSpan Growing(TimeSpan first, int looks, TimeSpan longest) =>
        first * Math.Pow(2, Math.Min(looks, 16)) is var wait && wait < longest ? wait : longest;
}
