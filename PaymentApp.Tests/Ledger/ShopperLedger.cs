using PaymentApp.Payments;

namespace PaymentApp.Tests.Ledger;

/// <summary>The ledger as a shopper's own request uses it, with money that is taken at once.</summary>
internal static class ShopperLedger
{
    public static Task<PaymentStep?> BeginAttemptAsync(
        this IPaymentLedger ledger, Payment seen, string paymentMethod, AuthenticationMode authentication) =>
        ledger.BeginAttemptAsync(seen, PaymentMethodId.Parse(paymentMethod), authentication, CaptureMode.Automatic, PaymentActor.Shopper);

    public static Task<PaymentStep?> BeginConfirmationAsync(this IPaymentLedger ledger, Payment seen) =>
        ledger.BeginConfirmationAsync(seen, PaymentActor.Shopper);

    public static Task<Payment> RecordAsync(
        this IPaymentLedger ledger, OrderId order, IntentSnapshot intent, PaymentStep? step = null) =>
        ledger.RecordAsync(order, intent, PaymentActor.Shopper, step);

    public static Task<bool> EndStepAsync(
        this IPaymentLedger ledger, PaymentStep step, PaymentStepResult result, PaymentFailure failure) =>
        ledger.EndStepAsync(step, result, failure, PaymentActor.Shopper);
}
