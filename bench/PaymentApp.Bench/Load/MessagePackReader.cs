using System.Buffers.Binary;
using System.Text;

namespace PaymentApp.Bench.Load;

/// <summary>Reads what a circuit says to a browser: https://github.com/msgpack/msgpack/blob/master/spec.md.</summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>
    /// The next value: null, a <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or
    /// <see cref="byte"/>[], an array as a list of these, and null for a map, of which the protocol has only empty ones.
    /// </summary>
    /// <exception cref="InvalidDataException">It is none of these.</exception>
    public object? Read()
    {
        var code = Take(1)[0];
        return code switch
        {
            <= 0x7f => (long)code,
            <= 0x8f => SkipMap(code & 0x0f),
            <= 0x9f => Array(code & 0x0f),
            <= 0xbf => Text(code & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Take((int)Unsigned(1)).ToArray(),
            0xc5 => Take((int)Unsigned(2)).ToArray(),
            0xc6 => Take((int)Unsigned(4)).ToArray(),
            0xca => (double)BinaryPrimitives.ReadSingleBigEndian(Take(4)),
            0xcb => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            0xcc => (long)Unsigned(1),
            0xcd => (long)Unsigned(2),
            0xce => (long)Unsigned(4),
            0xcf => checked((long)Unsigned(8)),
            0xd0 => (long)(sbyte)Take(1)[0],
            0xd1 => (long)BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => (long)BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            0xd9 => Text((int)Unsigned(1)),
            0xda => Text((int)Unsigned(2)),
            0xdb => Text((int)Unsigned(4)),
            0xdc => Array((int)Unsigned(2)),
            0xdd => Array((int)Unsigned(4)),
            >= 0xe0 => (long)(sbyte)code,
            _ => throw new InvalidDataException($"No value of the protocol begins with {code:x2}."),
        };
    }

    private object? SkipMap(int count)
    {
        for (var index = 0; index < 2 * count; index++)
            Read();
        return null;
    }

    private List<object?> Array(int count)
    {
        var values = new List<object?>(count);
        while (values.Count < count)
            values.Add(Read());
        return values;
    }

    private string Text(int length) => Encoding.UTF8.GetString(Take(length));

    private ulong Unsigned(int length)
    {
        ulong value = 0;
        foreach (var next in Take(length))
            value = (value << 8) | next;
        return value;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw new InvalidDataException("The message ends within a value.");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
