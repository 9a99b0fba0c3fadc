using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PaymentApp.Bench.Load;

/// <summary>Writes what a browser says to a circuit: https://github.com/msgpack/msgpack/blob/master/spec.md.</summary>
internal sealed class MessagePackWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <exception cref="ArgumentException">It has no form here.</exception>
    public void Write(object? value)
    {
        switch (value)
        {
            case null:
                Byte(0xc0);
                break;
            case bool flag:
                Byte(flag ? (byte)0xc3 : (byte)0xc2);
                break;
            case int number:
                Write(number);
                break;
            case long number:
                Write(number);
                break;
            case string text:
                Write(text);
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} has no form here.", nameof(value));
        }
    }

    public void Write(long value)
    {
        if (value is >= 0 and < 0x80)
        {
            Byte((byte)value);
            return;
        }

        Byte(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public void WriteArrayHeader(int count) => Header(count, fix: 0x90, longestFix: 15, large: 0xdc);

    public void WriteEmptyMap() => Byte(0x80);

    private void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Header(length, fix: 0xa0, longestFix: 31, large: 0xda);
        _bytes.Advance(Encoding.UTF8.GetBytes(text, _bytes.GetSpan(length)));
    }

    /// <summary>A length of up to four bits or five, of 16 bits, or by the next code of 32.</summary>
    private void Header(int count, byte fix, int longestFix, byte large)
    {
        if (count <= longestFix)
        {
            Byte((byte)(fix | count));
        }
        else if (count <= ushort.MaxValue)
        {
            Byte(large);
            BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(2), (ushort)count);
            _bytes.Advance(2);
        }
        else
        {
            Byte((byte)(large + 1));
            BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), count);
            _bytes.Advance(4);
        }
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
