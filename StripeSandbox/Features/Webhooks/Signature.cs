using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StripeSandbox.Webhooks;

/// <summary>https://docs.stripe.com/webhooks#verify-manually</summary>
internal static class Signature
{
    public const string Header = "Stripe-Signature";

    /// <summary>
    /// The header for a payload sent at that time. Beside the signature stands one of another scheme, as Stripe sends it
    /// in test mode: receivers ignore it.
    /// </summary>
    public static string Of(string secret, long unixSeconds, ReadOnlySpan<byte> payload)
    {
        var time = unixSeconds.ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={Hash(secret, time, payload)},v0={Hash("v0 " + secret, time, payload)}";
    }

    private static string Hash(string secret, string time, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hash.AppendData(payload);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
