namespace StripeSandbox.Packing;

/// <summary>How values of a type are packed.</summary>
internal abstract class Codec<T>
{
    /// <summary>Whether the value is one bit of its owner's, and no bytes: null, zero, false.</summary>
    public abstract bool IsDefault(T value);

    public abstract void Write(PackWriter writer, T value);

    public abstract T Read(ref PackReader reader);

    /// <summary>Writes the objects that the value holds: they stand before it.</summary>
    public virtual void WriteHeld(PackWriter writer, T value)
    {
    }
}
