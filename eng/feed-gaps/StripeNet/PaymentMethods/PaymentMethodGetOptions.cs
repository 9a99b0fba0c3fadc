namespace Stripe;

/// <summary>See https://docs.stripe.com/api/payment_methods/retrieve.</summary>
public class PaymentMethodGetOptions : BaseOptions;
