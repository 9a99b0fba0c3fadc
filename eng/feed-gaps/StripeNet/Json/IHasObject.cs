namespace Stripe;

/// <summary>An object that says what it is, such as <c>payment_intent</c>.</summary>
public interface IHasObject
{
    string Object { get; set; }
}
