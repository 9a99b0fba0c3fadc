namespace Stripe;

/// <summary>A parameter that takes one of several types; values convert to it by themselves.</summary>
public abstract class AnyOf
{
    public abstract object Value { get; }
}

/// <summary>A parameter that takes a <typeparamref name="T1"/> or a <typeparamref name="T2"/>.</summary>
public class AnyOf<T1, T2> : AnyOf
{
    public AnyOf(T1 value) => Value = value;

    public AnyOf(T2 value) => Value = value;

    public override object Value { get; }

    public static implicit operator AnyOf<T1, T2>(T1 value) => value is null ? null : new(value);

    public static implicit operator AnyOf<T1, T2>(T2 value) => value is null ? null : new(value);
}
