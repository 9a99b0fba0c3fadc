namespace Stripe;

/// <summary>See https://docs.stripe.com/api/refunds/retrieve.</summary>
public class RefundGetOptions : BaseOptions;
