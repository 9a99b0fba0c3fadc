using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stripe;

/// <summary>Reads webhooks. See https://docs.stripe.com/webhooks/signature.</summary>
public static class EventUtility
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The event in a webhook's body, once its signature has been checked.</summary>
    /// <param name="json">The raw body, unchanged.</param>
    /// <param name="stripeSignatureHeader">The <c>Stripe-Signature</c> header.</param>
    /// <param name="secret">The endpoint's secret, with its <c>whsec_</c>.</param>
    /// <param name="tolerance">Seconds that the signature's time may be off, either way.</param>
    /// <param name="throwOnApiVersionMismatch">Refuses an event of another release train.</param>
    /// <exception cref="StripeException">The signature, its time or the event's version is wrong.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="FormatException">The signature's time is not a number.</exception>
    /// <exception cref="NullReferenceException">There is no header, or the event has no version.</exception>
    public static Event ConstructEvent(
        string json,
        string stripeSignatureHeader,
        string secret,
        long tolerance = 300,
        bool throwOnApiVersionMismatch = true)
    {
        ValidateSignature(json, stripeSignatureHeader, secret, tolerance);
        return ParseEvent(json, throwOnApiVersionMismatch);
    }

    /// <summary>Checks a signature alone; throws as <see cref="ConstructEvent"/>.</summary>
    public static void ValidateSignature(string json, string stripeSignatureHeader, string secret, long tolerance = 300)
    {
        var parts = stripeSignatureHeader.Split(',').Select(Part).ToLookup(part => part.Name, part => part.Value);
        var timestamp = parts["t"].FirstOrDefault();

        if (!parts["v1"].Any(signature => Same(signature, Expected(json, secret, timestamp))))
            throw new StripeException("No v1 signature in the Stripe-Signature header is that of this body under this secret.");

        var signedAt = Convert.ToInt32(timestamp, CultureInfo.InvariantCulture);
        if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - signedAt) > tolerance)
            throw new StripeException("The webhook was signed too long ago, or in the future.");
    }

    /// <summary>The event in a body that is known to be Stripe's; the signature is not checked.</summary>
    public static Event ParseEvent(string json, bool throwOnApiVersionMismatch = true)
    {
        var parsed = JsonSerializer.Deserialize(json, StripeJsonContext.Default.Event);
        if (throwOnApiVersionMismatch && ReleaseTrain(parsed.ApiVersion) != ReleaseTrain(ApiVersion.Current))
        {
            throw new StripeException(
                $"The event is of API version {parsed.ApiVersion}; this client reads {ApiVersion.Current}. "
                + "Give the webhook endpoint that version, or pass throwOnApiVersionMismatch: false.");
        }

        return parsed;
    }

    /// <summary>The hex HMAC-SHA256 of <c>{timestamp}.{payload}</c>.</summary>
    public static string ComputeSignature(string secret, string timestamp, string payload) => Convert.ToHexStringLower(
        HMACSHA256.HashData(StrictUtf8.GetBytes(secret), StrictUtf8.GetBytes($"{timestamp}.{payload}")));

    private static (string Name, string Value) Part(string part) => part.Trim().Split('=', 2) switch
    {
        [var name, var value] => (name, value),
        _ => throw new StripeException("The Stripe-Signature header is not a list of name=value."),
    };

    private static string Expected(string json, string secret, string timestamp)
    {
        try
        {
            return ComputeSignature(secret, timestamp, json);
        }
        catch (EncoderFallbackException exception)
        {
            throw new StripeException("The body cannot be encoded as UTF-8, so it has no signature.", exception);
        }
    }

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static string ReleaseTrain(string version) => version.Split('.') is [_, var train, ..] ? train : "";
}
