namespace Stripe;

/// <summary>See https://docs.stripe.com/api/customers/retrieve.</summary>
public class CustomerGetOptions : BaseOptions;
