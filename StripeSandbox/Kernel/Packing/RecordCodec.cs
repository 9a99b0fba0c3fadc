using System.Reflection;
using System.Runtime.CompilerServices;

namespace StripeSandbox.Packing;

/// <summary>
/// Packs a record by the properties that it keeps: a bit for each that says whether it has a value, then the values. What a record
/// computes is not kept. A property of a kind that no codec knows fails when the type is first used.
/// </summary>
internal sealed class RecordCodec<T> : Codec<T?>
    where T : class
{
    private readonly Field[] _fields = [.. KeptProperties(typeof(T)).Select(NewField)];
    private readonly int _bitmapSize;

    public RecordCodec() => _bitmapSize = (_fields.Length + 7) / 8;

    public override bool IsDefault(T? value) => value is null;

    public override void WriteHeld(PackWriter writer, T? value)
    {
        if (value is null)
            return;
        foreach (var field in _fields)
            field.WriteHeld(writer, value);
    }

    public override void Write(PackWriter writer, T? value)
    {
        var bitmap = writer.Reserve(_bitmapSize);
        for (var index = 0; index < _fields.Length; index++)
        {
            if (_fields[index].TryWrite(writer, value!))
                writer.SetBit(bitmap, index);
        }
    }

    public override T? Read(ref PackReader reader)
    {
        // Every field is zero or null then, as its bit says: initial values of the type's own do not count.
        var value = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        var bitmap = reader.Take(_bitmapSize);
        for (var index = 0; index < _fields.Length; index++)
        {
            if ((bitmap[index >> 3] & (1 << (index & 7))) != 0)
                _fields[index].Read(ref reader, value);
        }

        return value;
    }

    /// <summary>Passes over what stands before the first property's value.</summary>
    public void SkipToFirst(ref PackReader reader) => reader.Take(_bitmapSize);

    /// <summary>The properties with a field of their own, those of the base type first.</summary>
    private static IEnumerable<PropertyInfo> KeptProperties(Type type) => type == typeof(object)
        ? []
        : KeptProperties(type.BaseType!).Concat(type
            .GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => type.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
            .OrderBy(property => property.MetadataToken));

    private static Field NewField(PropertyInfo property) => (Field)Activator.CreateInstance(
        typeof(Field<>).MakeGenericType(typeof(T), property.PropertyType), property, Codecs.Of(property.PropertyType))!;

    private abstract class Field
    {
        public abstract void WriteHeld(PackWriter writer, T owner);

        public abstract bool TryWrite(PackWriter writer, T owner);

        public abstract void Read(ref PackReader reader, T owner);
    }

    private sealed class Field<TValue>(PropertyInfo property, Codec<TValue> codec) : Field
    {
        private readonly Func<T, TValue> _get = property.GetMethod!.CreateDelegate<Func<T, TValue>>();
        private readonly Action<T, TValue> _set = property.SetMethod!.CreateDelegate<Action<T, TValue>>();

        public override void WriteHeld(PackWriter writer, T owner) => codec.WriteHeld(writer, _get(owner));

        public override bool TryWrite(PackWriter writer, T owner)
        {
            var value = _get(owner);
            if (codec.IsDefault(value))
                return false;
            codec.Write(writer, value);
            return true;
        }

        public override void Read(ref PackReader reader, T owner) => _set(owner, codec.Read(ref reader));
    }
}
