namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/retrieve.</summary>
public class PaymentIntentGetOptions : BaseOptions;
