using Stripe;

namespace PaymentApp.Stripe;

/// <summary>Tells what Stripe signed from what it did not: https://docs.stripe.com/webhooks#verify-official-libraries.</summary>
internal sealed class WebhookSignature(StripeConnection connection, TimeProvider clock)
{
    private const long ToleranceInSeconds = 300;

    /// <summary>Whether one of the endpoint's secrets signed <paramref name="body"/> within the last five minutes.</summary>
    /// <param name="header">The whole <c>Stripe-Signature</c> header.</param>
    public bool IsValid(string body, string? header)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return connection.WebhookSecrets.Any(secret => IsSignedWith(secret, body, header, now));
    }

    private static bool IsSignedWith(string secret, string body, string? header, long now)
    {
        try
        {
            EventUtility.ValidateSignature(body, header, secret, ToleranceInSeconds, now);
            return true;
        }
#pragma warning disable CA1031 // A header that is missing, or whose time is no number, makes Stripe.net throw what it likes.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
