using System.Text;
using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

/// <summary>Reads what a <see cref="PackWriter"/> has written.</summary>
/// <param name="store">Where it stands: versions elsewhere are found there.</param>
/// <param name="block">The bytes around it.</param>
/// <param name="blockAddress">The address of their first.</param>
/// <param name="position">Where to begin.</param>
internal ref struct PackReader(VersionBlocks store, ReadOnlySpan<byte> block, long blockAddress, int position)
{
    private readonly ReadOnlySpan<byte> _block = block;

    public int Position { get; private set; } = position;

    public StripeObject Object()
    {
        var address = blockAddress + Position;
        var value = ObjectCodecs.At(Byte()).Read(ref this);
        value.Version = new PackedVersion(store.Owner, address);
        return value;
    }

    public StripeObject Reference()
    {
        var here = Position;
        var number = Number();
        if ((number & 1) != 0)
            return store.Read((long)(number >> 1))!;
        var elsewhere = new PackReader(store, _block, blockAddress, here - (int)(number >> 1));
        return elsewhere.Object();
    }

    public byte Byte() => _block[Position++];

    /// <summary>The next bytes, which are passed over.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = _block.Slice(Position, count);
        Position += count;
        return taken;
    }

    public ulong Number()
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string Text()
    {
        var here = Position;
        var tagged = Number();
        var value = (int)(tagged >> 2);
        switch ((TextKind)(tagged & 3))
        {
            case TextKind.Literal:
                return Encoding.UTF8.GetString(Take(value));
            case TextKind.Word:
                return store.Vocabulary[value];
            case TextKind.Id:
                var prefix = store.Vocabulary[value];
                int letters = Byte();
                return string.Create(prefix.Length + letters, new Id(prefix, Take(PackedLetters.SizeOf(letters))), static (text, id) =>
                {
                    id.Prefix.CopyTo(text);
                    PackedLetters.Read(id.Letters, text[id.Prefix.Length..]);
                });
            default:
                var earlier = new PackReader(store, _block, blockAddress, here - value);
                return earlier.Text();
        }
    }

    /// <summary>Whether the text that comes next is this one; it is passed over.</summary>
    public bool TextIs(ReadOnlySpan<char> text)
    {
        var here = Position;
        var tagged = Number();
        var value = (int)(tagged >> 2);
        switch ((TextKind)(tagged & 3))
        {
            case TextKind.Id:
                var prefix = store.Vocabulary[value];
                int letters = Byte();
                var packed = Take(PackedLetters.SizeOf(letters));
                if (text.Length != prefix.Length + letters || !text.StartsWith(prefix))
                    return false;
                Span<byte> wanted = stackalloc byte[packed.Length];
                if (!PackedLetters.Take(text[prefix.Length..]))
                    return false;
                PackedLetters.Write(text[prefix.Length..], wanted);
                return wanted.SequenceEqual(packed);
            default:
                Position = here;
                return text.SequenceEqual(Text());
        }
    }

    private readonly ref struct Id(string prefix, ReadOnlySpan<byte> letters)
    {
        public readonly string Prefix = prefix;
        public readonly ReadOnlySpan<byte> Letters = letters;
    }
}
