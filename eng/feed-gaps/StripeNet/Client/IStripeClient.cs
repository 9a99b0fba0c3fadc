namespace Stripe;

/// <summary>What a service needs of a client. Only <see cref="StripeClient"/> implements it here.</summary>
public interface IStripeClient
{
    internal ApiRequestor Requestor { get; }
}
