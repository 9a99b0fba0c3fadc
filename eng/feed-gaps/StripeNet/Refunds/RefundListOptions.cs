namespace Stripe;

/// <summary>See https://docs.stripe.com/api/refunds/list; filters go in by <see cref="BaseOptions.AddExtraParam"/>.</summary>
public class RefundListOptions : ListOptions;
