using System.Reflection;
using System.Text.Json.Serialization;
using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

/// <summary>The codecs of everything that has an id, by the type and by the number that stands before a packed object.</summary>
internal static class ObjectCodecs
{
    private static readonly ObjectCodec[] Numbered =
    [
        .. typeof(StripeObject).GetCustomAttributes<JsonDerivedTypeAttribute>().Select((derived, number) =>
            (ObjectCodec)Activator.CreateInstance(typeof(ObjectCodec<>).MakeGenericType(derived.DerivedType), (byte)number)!),
    ];

    private static readonly Dictionary<Type, ObjectCodec> Typed = Numbered.ToDictionary(codec => codec.Type);

    public static ObjectCodec Of(StripeObject value) => Typed[value.GetType()];

    public static ObjectCodec At(byte number) => Numbered[number];
}

/// <summary>Packs objects of one type.</summary>
internal abstract class ObjectCodec(byte number)
{
    public byte Number => number;

    public abstract Type Type { get; }

    public abstract void WriteHeld(PackWriter writer, StripeObject value);

    public abstract void Write(PackWriter writer, StripeObject value);

    public abstract StripeObject Read(ref PackReader reader);

    /// <summary>Whether the object that begins there has that id, which is the first of all properties.</summary>
    public abstract bool HasId(ref PackReader reader, string id);
}

internal sealed class ObjectCodec<T>(byte number) : ObjectCodec(number)
    where T : StripeObject
{
    private readonly Lazy<RecordCodec<T>> _record = new(() => new RecordCodec<T>());

    public override Type Type => typeof(T);

    public override void WriteHeld(PackWriter writer, StripeObject value) => _record.Value.WriteHeld(writer, (T)value);

    public override void Write(PackWriter writer, StripeObject value) => _record.Value.Write(writer, (T)value);

    public override StripeObject Read(ref PackReader reader) => _record.Value.Read(ref reader)!;

    public override bool HasId(ref PackReader reader, string id)
    {
        _record.Value.SkipToFirst(ref reader);
        return reader.TextIs(id);
    }
}
