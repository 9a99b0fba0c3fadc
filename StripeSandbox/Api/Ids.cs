using System.Security.Cryptography;

namespace StripeSandbox.Api;

/// <summary>Ids that look like Stripe's: a prefix and 24 letters or digits that nobody can guess.</summary>
internal static class Ids
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New(string prefix) => New(prefix, 24);

    public static string Request() => New("req_", 14);

    public static string ClientSecret(string intent) => New($"{intent}_secret_", 25);

    public static string WebhookSecret() => New("whsec_", 32);

    public static string InvoicePrefix() => RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 8);

    public static string Digits(int count) => RandomNumberGenerator.GetString("0123456789", count);

    private static string New(string prefix, int length) => string.Create(prefix.Length + length, (prefix, length), static (span, parts) =>
    {
        parts.prefix.CopyTo(span);
        Span<byte> random = stackalloc byte[64];
        var letters = span[parts.prefix.Length..];
        for (var filled = 0; filled < letters.Length;)
        {
            RandomNumberGenerator.Fill(random);
            foreach (var value in random)
            {
                // 248 is the largest multiple of 62 in a byte: what lies above would favour the first letters.
                if (value < 248 && filled < letters.Length)
                    letters[filled++] = Alphabet[value % 62];
            }
        }
    });
}
