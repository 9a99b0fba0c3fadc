namespace Stripe;

/// <summary>See https://docs.stripe.com/api/charges/retrieve.</summary>
public class ChargeGetOptions : BaseOptions;
