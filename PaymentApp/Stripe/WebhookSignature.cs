using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// Tells what Stripe signed from what it did not: https://docs.stripe.com/webhooks#verify-manually. Stripe.net's own
/// check reads the system's clock; this one reads the app's.
/// </summary>
internal sealed class WebhookSignature(StripeConnection connection, TimeProvider clock)
{
    private const string Scheme = "v1";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether one of the endpoint's secrets signed <paramref name="body"/> within the last five minutes.</summary>
    /// <param name="header">The whole <c>Stripe-Signature</c> header.</param>
    public bool IsValid(string body, string? header)
    {
        if (Read(header) is not { } signed || (clock.GetUtcNow() - signed.At).Duration() > Tolerance)
            return false;

        return connection.WebhookSecrets
            .Select(secret => EventUtility.ComputeSignature(secret, signed.Timestamp, body))
            .Any(expected => signed.Signatures.Any(given => AreEqual(expected, given)));
    }

    private static Signed? Read(string? header)
    {
        string? timestamp = null;
        var signatures = new List<string>();
        foreach (var part in (header ?? "").Split(','))
        {
            var name = part.Split('=', 2);
            if (name is ["t", var t])
                timestamp = t.Trim();
            else if (name is [Scheme, var signature])
                signatures.Add(signature.Trim());
        }

        return long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new Signed(timestamp!, DateTimeOffset.FromUnixTimeSeconds(seconds), signatures)
            : null;
    }

    private static bool AreEqual(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private sealed record Signed(string Timestamp, DateTimeOffset At, IReadOnlyList<string> Signatures);
}
