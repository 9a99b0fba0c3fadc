namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_intents/update; parameters go in by <see cref="BaseOptions.AddExtraParam"/>.</summary>
public class PaymentIntentUpdateOptions : BaseOptions;
