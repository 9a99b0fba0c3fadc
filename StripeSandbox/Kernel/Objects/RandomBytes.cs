using System.Security.Cryptography;

namespace StripeSandbox.Objects;

/// <summary>
/// Random numbers that nobody can guess, taken from the system a page at a time: asking it for a few bytes costs as much as
/// asking for thousands, and one payment has hundreds of random letters.
/// </summary>
internal static class RandomBytes
{
    private const int PageSize = 4096;

    [ThreadStatic]
    private static byte[]? page;

    [ThreadStatic]
    private static int used;

    /// <summary>A number from 0 to <paramref name="limit"/> - 1, each as likely as the others.</summary>
    public static int Below(int limit)
    {
        // What lies above the largest multiple of the limit would favour the first numbers.
        var fair = 256 - 256 % limit;
        int value;
        do
            value = Next();
        while (value >= fair);
        return value % limit;
    }

    private static byte Next()
    {
        if (page is null || used == PageSize)
        {
            page ??= new byte[PageSize];
            RandomNumberGenerator.Fill(page);
            used = 0;
        }

        return page[used++];
    }
}
