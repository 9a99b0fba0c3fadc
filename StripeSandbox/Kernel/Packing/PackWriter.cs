using System.Text;
using StripeSandbox.Objects;

namespace StripeSandbox.Packing;

/// <summary>
/// Packs the objects of one unit of work, one after another. What stands in the unit already is not written again: a text that comes
/// twice, or the version of an object that an event tells of, is named by its distance.
/// </summary>
internal sealed class PackWriter(Vocabulary vocabulary, Func<StripeObject, long?> findAddress)
{
    private const int ShortestRepeat = 6;
    private const int MostTexts = 48;
    private const int MostPrefix = 8;
    private const int FewestLetters = 12;
    private const int MostLetters = 255;

    private readonly List<(string Text, int Position)> _texts = [];
    private readonly List<(StripeObject Value, int Position)> _versions = [];
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>What was written, and at which byte.</summary>
    public IReadOnlyList<(StripeObject Value, int Position)> Versions => _versions;

    public void Reset()
    {
        Length = 0;
        _texts.Clear();
        _versions.Clear();
        // One big object is no reason to keep as much for ever.
        if (_bytes.Length > 1 << 20)
            _bytes = new byte[4096];
    }

    /// <summary>Writes the object, unless it stands here already; those that it holds come first.</summary>
    public void Object(StripeObject value)
    {
        if (PositionOf(value) is not null)
            return;
        var codec = ObjectCodecs.Of(value);
        codec.WriteHeld(this, value);
        _versions.Add((value, Length));
        Byte(codec.Number);
        codec.Write(this, value);
    }

    /// <summary>Sees to it that an object which another one holds has a place that <see cref="Reference"/> can name.</summary>
    public void Held(StripeObject value)
    {
        if (findAddress(value) is null)
            Object(value);
    }

    /// <summary>Names the version of an object: even numbers are distances within the unit, odd ones addresses.</summary>
    public void Reference(StripeObject value) => Number(PositionOf(value) is { } position
        ? (ulong)(Length - position) << 1
        : ((ulong)findAddress(value)!.Value << 1) | 1);

    public void Byte(byte value) => Room(1)[0] = value;

    /// <summary>Keeps bytes free that are filled in later.</summary>
    public int Reserve(int count)
    {
        var position = Length;
        Room(count).Clear();
        return position;
    }

    public void SetBit(int position, int bit) => _bytes[position + (bit >> 3)] |= (byte)(1 << (bit & 7));

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>Small numbers of either sign stay short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text)
    {
        if (text.Length >= ShortestRepeat)
        {
            foreach (var (earlier, position) in _texts)
            {
                if (earlier == text)
                {
                    Tagged(TextKind.Repeat, Length - position);
                    return;
                }
            }
        }

        var start = Length;
        if (!TryId(text))
        {
            if (vocabulary.NumberOf(text) is { } number)
            {
                Tagged(TextKind.Word, number);
                return;
            }

            var size = Encoding.UTF8.GetByteCount(text);
            Tagged(TextKind.Literal, size);
            Encoding.UTF8.GetBytes(text, Room(size));
        }

        if (text.Length >= ShortestRepeat && _texts.Count < MostTexts)
            _texts.Add((text, start));
    }

    private bool TryId(string text)
    {
        var split = text.LastIndexOf('_') + 1;
        var letters = text.AsSpan(split);
        if (split > MostPrefix || letters.Length is < FewestLetters or > MostLetters)
            return false;
        if (!PackedLetters.Take(letters) || vocabulary.NumberOf(text.AsSpan(0, split)) is not { } prefix)
            return false;
        Tagged(TextKind.Id, prefix);
        Byte((byte)letters.Length);
        PackedLetters.Write(letters, Room(PackedLetters.SizeOf(letters.Length)));
        return true;
    }

    private int? PositionOf(StripeObject value)
    {
        foreach (var (written, position) in _versions)
        {
            if (ReferenceEquals(written, value))
                return position;
        }

        return null;
    }

    private void Tagged(TextKind kind, int value) => Number(((ulong)value << 2) | (uint)kind);

    private Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }
}
