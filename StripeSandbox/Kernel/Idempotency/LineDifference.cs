using System.Buffers;
using System.Buffers.Binary;

namespace StripeSandbox.Idempotency;

/// <summary>
/// What distinguishes a text from a model with as many lines: in turn how many bytes of the model's lines are the same, how many bytes
/// of its next lines are not, and what stands there instead.
/// </summary>
internal static class LineDifference
{
    private const int HeadSize = 3 * sizeof(ushort);

    /// <summary>How many bytes it took; null where there is no room, or the texts are too long.</summary>
    public static int? Write(ReadOnlySpan<byte> model, ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (model.Length > ushort.MaxValue || text.Length > ushort.MaxValue)
            return null;
        var length = 0;
        while (!text.IsEmpty || !model.IsEmpty)
        {
            var same = SameLines(model, text);
            var (skipped, other) = OtherLines(model[same..], text[same..]);
            if (length + HeadSize + other > into.Length)
                return null;
            var head = into[length..];
            BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)same);
            BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)skipped);
            BinaryPrimitives.WriteUInt16LittleEndian(head[4..], (ushort)other);
            text.Slice(same, other).CopyTo(head[HeadSize..]);
            length += HeadSize + other;
            model = model[(same + skipped)..];
            text = text[(same + other)..];
        }

        return length;
    }

    public static byte[] Apply(ReadOnlySpan<byte> model, ReadOnlySpan<byte> difference)
    {
        var text = new ArrayBufferWriter<byte>(1 + model.Length + difference.Length);
        while (!difference.IsEmpty)
        {
            var same = BinaryPrimitives.ReadUInt16LittleEndian(difference);
            var skipped = BinaryPrimitives.ReadUInt16LittleEndian(difference[2..]);
            var other = BinaryPrimitives.ReadUInt16LittleEndian(difference[4..]);
            text.Write(model[..same]);
            text.Write(difference.Slice(HeadSize, other));
            model = model[(same + skipped)..];
            difference = difference[(HeadSize + other)..];
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>How many bytes of whole lines are the same.</summary>
    private static int SameLines(ReadOnlySpan<byte> model, ReadOnlySpan<byte> text)
    {
        var common = model.CommonPrefixLength(text);
        return common == model.Length && common == text.Length ? common : text[..common].LastIndexOf((byte)'\n') + 1;
    }

    /// <summary>How long the lines are, on both sides, until two are the same again.</summary>
    private static (int Model, int Text) OtherLines(ReadOnlySpan<byte> model, ReadOnlySpan<byte> text)
    {
        var (skipped, other) = (0, 0);
        while (skipped < model.Length || other < text.Length)
        {
            var old = LineOf(model[skipped..]);
            var line = LineOf(text[other..]);
            if (old.Length > 0 && old.SequenceEqual(line))
                break;
            skipped += old.Length;
            other += line.Length;
        }

        return (skipped, other);
    }

    private static ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..(end + 1)] : text;
}
