using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

internal sealed class TextCodec : Codec<string?>
{
    public override bool IsDefault(string? value) => value is null;

    public override void Write(PackWriter writer, string? value) => writer.Text(value!);

    public override string? Read(ref PackReader reader) => reader.Text();
}

internal sealed class LongCodec : Codec<long>
{
    public override bool IsDefault(long value) => value == 0;

    public override void Write(PackWriter writer, long value) => writer.Signed(value);

    public override long Read(ref PackReader reader) => reader.Signed();
}

internal sealed class IntCodec : Codec<int>
{
    public override bool IsDefault(int value) => value == 0;

    public override void Write(PackWriter writer, int value) => writer.Signed(value);

    public override int Read(ref PackReader reader) => (int)reader.Signed();
}

/// <summary>The owner's bit says it all.</summary>
internal sealed class FlagCodec : Codec<bool>
{
    public override bool IsDefault(bool value) => !value;

    public override void Write(PackWriter writer, bool value)
    {
    }

    public override bool Read(ref PackReader reader) => true;
}

internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();

    public override bool IsDefault(T value) => EqualityComparer<T>.Default.Equals(value, default);

    public override void Write(PackWriter writer, T value) => writer.Byte((byte)Array.IndexOf(Values, value));

    public override T Read(ref PackReader reader) => Values[reader.Byte()];
}

/// <summary>Where there is a value, be it zero or false, it is written out.</summary>
internal sealed class OptionalCodec<T>(Codec<T> inner) : Codec<T?>
    where T : struct
{
    public override bool IsDefault(T? value) => value is null;

    public override void Write(PackWriter writer, T? value)
    {
        var isDefault = inner.IsDefault(value!.Value);
        writer.Byte(isDefault ? (byte)0 : (byte)1);
        if (!isDefault)
            inner.Write(writer, value.Value);
    }

    public override T? Read(ref PackReader reader) => reader.Byte() == 0 ? default(T) : inner.Read(ref reader);
}

internal sealed class ListCodec<T>(Codec<T> inner) : Codec<IReadOnlyList<T>?>
{
    public override bool IsDefault(IReadOnlyList<T>? value) => value is null;

    public override void Write(PackWriter writer, IReadOnlyList<T>? value)
    {
        writer.Number((ulong)value!.Count);
        for (var index = 0; index < value.Count; index++)
            inner.Write(writer, value[index]);
    }

    public override IReadOnlyList<T>? Read(ref PackReader reader)
    {
        var count = (int)reader.Number();
        if (count == 0)
            return [];
        var values = new T[count];
        for (var index = 0; index < count; index++)
            values[index] = inner.Read(ref reader);
        return values;
    }
}

internal sealed class PairCodec : Codec<KeyValuePair<string, string>>
{
    public override bool IsDefault(KeyValuePair<string, string> value) => false;

    public override void Write(PackWriter writer, KeyValuePair<string, string> value)
    {
        writer.Text(value.Key);
        writer.Text(value.Value);
    }

    public override KeyValuePair<string, string> Read(ref PackReader reader)
    {
        var key = reader.Text();
        return new(key, reader.Text());
    }
}

/// <summary>An object that another one holds as it was: its version is named.</summary>
internal sealed class HeldCodec<T> : Codec<T?>
    where T : StripeObject
{
    public override bool IsDefault(T? value) => value is null;

    public override void WriteHeld(PackWriter writer, T? value)
    {
        if (value is not null)
            writer.Held(value);
    }

    public override void Write(PackWriter writer, T? value) => writer.Reference(value!);

    public override T? Read(ref PackReader reader) => (T)reader.Reference();
}
