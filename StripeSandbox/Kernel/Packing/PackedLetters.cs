namespace StripeSandbox.Packing;

/// <summary>Letters and digits at six bits each: the 24 of an id take 18 bytes.</summary>
internal static class PackedLetters
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Bits = 6;

    public static int SizeOf(int letters) => (letters * Bits + 7) / 8;

    public static void Write(ReadOnlySpan<char> letters, Span<byte> into)
    {
        var (pending, count, next) = (0u, 0, 0);
        foreach (var letter in letters)
        {
            pending |= ValueOf(letter) << count;
            for (count += Bits; count >= 8; count -= 8)
            {
                into[next++] = (byte)pending;
                pending >>= 8;
            }
        }

        if (count > 0)
            into[next] = (byte)pending;
    }

    /// <summary>Whether the text has no other letters than can be packed.</summary>
    public static bool Take(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
                return false;
        }

        return true;
    }

    public static void Read(ReadOnlySpan<byte> packed, Span<char> into)
    {
        var (pending, count, next) = (0u, 0, 0);
        for (var index = 0; index < into.Length; index++)
        {
            if (count < Bits)
            {
                pending |= (uint)packed[next++] << count;
                count += 8;
            }

            into[index] = Alphabet[(int)(pending & 63)];
            pending >>= Bits;
            count -= Bits;
        }
    }

    private static uint ValueOf(char letter) => letter switch
    {
        <= '9' => (uint)(letter - '0'),
        <= 'Z' => (uint)(letter - 'A' + 10),
        _ => (uint)(letter - 'a' + 36),
    };
}
