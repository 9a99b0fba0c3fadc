using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;

namespace StripeSandbox.Guard;

/// <summary>Who asks: https://docs.stripe.com/api/authentication and https://docs.stripe.com/keys.</summary>
internal static partial class ApiKey
{
    /// <summary>The key of a request: a bearer token, the user name of Basic, or the parameter <c>key</c>.</summary>
    public static string? Of(HttpRequest request, FormNode form)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header[7..].Trim();
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return UserName(header[6..].Trim());
        return form.Text("key");
    }

    /// <exception cref="Refusal">No key, a live one, or one that this sandbox does not know (401).</exception>
    public static KeyKind Recognize(string? key, SandboxKeys keys)
    {
        if (string.IsNullOrEmpty(key))
            throw RequestErrors.NoKey();
        if (IsLive(key))
            throw RequestErrors.LiveKey(Masked(key));
        if (key == keys.Secret || (!keys.IsSecretFixed && SecretTestKey().IsMatch(key)))
            return KeyKind.Secret;
        if (key == keys.Publishable || (!keys.IsPublishableFixed && PublishableTestKey().IsMatch(key)))
            return KeyKind.Publishable;
        throw RequestErrors.UnknownKey(Masked(key));
    }

    private static string? UserName(string encoded)
    {
        Span<byte> decoded = stackalloc byte[512];
        if (!Convert.TryFromBase64String(encoded, decoded, out var length))
            return null;
        var credentials = Encoding.UTF8.GetString(decoded[..length]);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? credentials : credentials[..colon];
    }

    private static string Masked(string key)
    {
        const int Shown = 4;
        var prefix = KnownPrefix().Match(key).Length;
        return key.Length <= prefix + Shown
            ? key[..prefix] + new string('*', key.Length - prefix)
            : key[..prefix] + new string('*', Math.Min(20, key.Length - prefix - Shown)) + key[^Shown..];
    }

    /// <summary>Whether it is a key that moves real money.</summary>
    public static bool IsLive(string key) =>
        key.StartsWith("sk_live_", StringComparison.Ordinal) || key.StartsWith("rk_live_", StringComparison.Ordinal)
        || key.StartsWith("pk_live_", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[sr]k_test_[A-Za-z0-9_]{1,247}\z")]
    private static partial Regex SecretTestKey();

    [GeneratedRegex(@"\Apk_test_[A-Za-z0-9_]{1,247}\z")]
    private static partial Regex PublishableTestKey();

    [GeneratedRegex(@"\A[srp]k_(test|live)_")]
    private static partial Regex KnownPrefix();
}
