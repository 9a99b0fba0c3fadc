using System.Security.Cryptography;

namespace StripeSandbox.Objects;

/// <summary>
/// Random letters that nobody can guess, taken from the system a page at a time: asking it for a few bytes costs as much as
/// asking for thousands, and one payment has hundreds of random letters.
/// </summary>
internal static class RandomBytes
{
    private const int PageSize = 4096;

    [ThreadStatic]
    private static byte[]? _page;

    [ThreadStatic]
    private static int _used;

    /// <summary>Fills the text with letters of the alphabet, each as likely as the others.</summary>
    public static void Fill(Span<char> text, ReadOnlySpan<char> alphabet)
    {
        var bytes = _page ??= NewPage();
        var next = _used;
        // What lies above the largest multiple of the alphabet's length would favour its first letters.
        var fair = 256 - 256 % alphabet.Length;
        for (var index = 0; index < text.Length;)
        {
            if (next == PageSize)
            {
                RandomNumberGenerator.Fill(bytes);
                next = 0;
            }

            var value = bytes[next++];
            if (value < fair)
                text[index++] = alphabet[value % alphabet.Length];
        }

        _used = next;
    }

    private static byte[] NewPage()
    {
        var fresh = new byte[PageSize];
        RandomNumberGenerator.Fill(fresh);
        return fresh;
    }
}
