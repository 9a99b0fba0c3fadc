namespace Stripe;

/// <summary>A parameter that knows whether it was assigned: null that was assigned clears the field at Stripe.</summary>
internal readonly struct Tracked<T>
    where T : class
{
    private Tracked(T value)
    {
        Value = value;
        IsSet = true;
    }

    public T Value { get; }

    public bool IsSet { get; }

    public static implicit operator Tracked<T>(T value) => new(value);
}
