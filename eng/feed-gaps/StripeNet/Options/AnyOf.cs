namespace Stripe;

/// <summary>A parameter that takes one of several types; values convert to it by themselves.</summary>
public abstract class AnyOf
{
    public abstract object Value { get; }
}
