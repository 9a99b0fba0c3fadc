namespace StripeSandbox.Objects;

/// <summary>Ids that look like Stripe's: a prefix and 24 letters or digits that nobody can guess.</summary>
internal static class Ids
{
    /// <summary>Stands between an intent's id and its secret part.</summary>
    public const string SecretMark = "_secret_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>How many letters of the alphabet come before the small ones.</summary>
    private const int DigitsAndCapitals = 36;

    public static string New(string prefix) => New(prefix, 24);

    public static string Request() => New("req_", 14);

    public static string ClientSecret(string intent) => New(intent + SecretMark, 25);

    public static string WebhookSecret() => New("whsec_", 32);

    public static string InvoicePrefix() => string.Create(8, 0, static (span, _) => RandomBytes.Fill(span, Alphabet.AsSpan(0, DigitsAndCapitals)));

    private static string New(string prefix, int length) => string.Create(prefix.Length + length, prefix, static (span, prefix) =>
    {
        prefix.CopyTo(span);
        RandomBytes.Fill(span[prefix.Length..], Alphabet);
    });
}
