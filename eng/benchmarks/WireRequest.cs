using System.Globalization;
using System.Text;

namespace StripeSandbox.Benchmarks;

/// <summary>One request as it goes over the wire, ready to be sent again and again.</summary>
internal sealed class WireRequest
{
    private const string KeyPlace = "000000000000";

    private readonly byte[] _bytes;
    private readonly int _keyAt;

    private WireRequest(string text)
    {
        _bytes = Encoding.ASCII.GetBytes(text);
        _keyAt = text.IndexOf(KeyPlace, StringComparison.Ordinal);
    }

    public static WireRequest Get(string path) => new($"GET {path} HTTP/1.1\r\n{Headers}\r\n");

    /// <summary>A POST with an idempotency key of its own each time it is sent, as the official clients send them.</summary>
    public static WireRequest PostWithKey(string path, string form) => Post(path, form, $"Idempotency-Key: benchmark-{KeyPlace}\r\n");

    public static WireRequest Post(string path, string form) => Post(path, form, "");

    /// <summary>The bytes of the request with that number; <paramref name="buffer"/> belongs to one connection.</summary>
    public ReadOnlyMemory<byte> Write(byte[] buffer, long number)
    {
        _bytes.CopyTo(buffer, 0);
        if (_keyAt >= 0)
            number.TryFormat(buffer.AsSpan(_keyAt, KeyPlace.Length), out _, "D12", CultureInfo.InvariantCulture);
        return buffer.AsMemory(0, _bytes.Length);
    }

    private static WireRequest Post(string path, string form, string more) => new(
        $"POST {path} HTTP/1.1\r\n{Headers}{more}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");

    private const string Headers = "Host: 127.0.0.1\r\nAuthorization: Bearer sk_test_sandbox\r\nStripe-Version: 2026-10-28.endive\r\n";
}
