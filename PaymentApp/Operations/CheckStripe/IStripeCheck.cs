namespace PaymentApp.Operations.CheckStripe;

/// <summary>One thing that must be right at Stripe for a checkout to work.</summary>
internal interface IStripeCheck
{
    /// <summary>Makes the check and says in the report how it came out, a line for each request.</summary>
    /// <returns>Whether there is any point in going on with the next check.</returns>
    Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken);
}
