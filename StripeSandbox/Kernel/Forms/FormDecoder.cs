using System.Buffers;
using System.Text;
using StripeSandbox.Errors;

namespace StripeSandbox.Forms;

/// <summary>
/// Decodes <c>application/x-www-form-urlencoded</c> with Stripe's nesting: <c>a[b]</c>, <c>a[0]</c>, <c>a[]</c>.
/// </summary>
internal static class FormDecoder
{
    // What is not UTF-8 is refused: replaced by question marks, two different requests would be one.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const int MaxPairs = 2_000;
    private const int MaxDepth = 12;

    /// <exception cref="Refusal">It cannot be decoded.</exception>
    public static void Decode(ReadOnlySpan<byte> encoded, FormNode into)
    {
        var pairs = 0;
        while (!encoded.IsEmpty)
        {
            var end = encoded.IndexOf((byte)'&');
            var pair = end < 0 ? encoded : encoded[..end];
            encoded = end < 0 ? [] : encoded[(end + 1)..];
            if (pair.IsEmpty)
                continue;
            if (++pairs > MaxPairs)
                throw RequestErrors.TooManyParameters();

            var equals = pair.IndexOf((byte)'=');
            var name = Unescape(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? string.Empty : Unescape(pair[(equals + 1)..]);
            Add(into, name, value);
        }
    }

    private static void Add(FormNode into, string name, string value)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket <= 0 || name[^1] != ']')
        {
            into.Set([name], value);
            return;
        }

        var path = new List<string>(4) { name[..bracket] };
        var rest = name.AsSpan(bracket);
        while (!rest.IsEmpty)
        {
            var close = rest.IndexOf(']');
            if (rest[0] != '[' || close < 0)
            {
                into.Set([name], value);
                return;
            }

            path.Add(rest[1..close].ToString());
            rest = rest[(close + 1)..];
            if (path.Count > MaxDepth)
                throw RequestErrors.NestedTooDeeply();
        }

        into.Set(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(path), value);
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw RequestErrors.InvalidUtf8();
        }
    }

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (escaped.IndexOfAny((byte)'%', (byte)'+') < 0)
            return Text(escaped);

        var rented = ArrayPool<byte>.Shared.Rent(escaped.Length);
        try
        {
            var length = 0;
            for (var i = 0; i < escaped.Length; i++)
            {
                var current = escaped[i];
                if (current == '+')
                {
                    current = (byte)' ';
                }
                else if (current == '%' && i + 2 < escaped.Length && Hex(escaped[i + 1]) is >= 0 and var high && Hex(escaped[i + 2]) is >= 0 and var low)
                {
                    current = (byte)((high << 4) | low);
                    i += 2;
                }

                rented[length++] = current;
            }

            return Text(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
