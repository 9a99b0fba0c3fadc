namespace Stripe;

internal interface IHasId
{
    string Id { get; }
}
