using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentApp.Payments;

/// <summary>
/// A currency as Stripe counts it: its lower-case ISO code and how many digits of an amount in minor units stand
/// behind the decimal point. See https://docs.stripe.com/currencies#zero-decimal.
/// </summary>
[JsonConverter(typeof(ByCode))]
public sealed record Currency
{
    // ISK and UGX have no minor unit, yet Stripe takes them with two digits that must be 00.
    private static readonly FrozenSet<string> WholeUnitsOnly = new[] { "isk", "ugx" }.ToFrozenSet();

    private static readonly FrozenSet<string> NoDecimals = new[]
    {
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> ThreeDecimals = new[] { "bhd", "jod", "kwd", "omr", "tnd" }.ToFrozenSet();

    private Currency(string code)
    {
        Code = code;
        Decimals = NoDecimals.Contains(code) ? 0 : ThreeDecimals.Contains(code) ? 3 : 2;
    }

    public static Currency Usd { get; } = Of("usd");

    public static Currency Eur { get; } = Of("eur");

    public static Currency Jpy { get; } = Of("jpy");

    /// <summary>The lower-case ISO 4217 code, as Stripe writes it.</summary>
    public string Code { get; }

    /// <summary>How many minor-unit digits one major unit has: 0, 2 or 3.</summary>
    public int Decimals { get; }

    /// <summary>How many minor units make one major unit: 1, 100 or 1000.</summary>
    public long MinorPerMajor => Decimals switch { 0 => 1, 2 => 100, _ => 1000 };

    /// <summary>An amount in minor units must be a multiple of this for Stripe to take it.</summary>
    public long ChargeStep => WholeUnitsOnly.Contains(Code) ? 100 : Decimals == 3 ? 10 : 1;

    /// <summary>The currency of a three-letter ISO code in any case.</summary>
    /// <exception cref="ArgumentException">The code is not three letters.</exception>
    public static Currency Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 3 || !code.All(char.IsAsciiLetter))
            throw new ArgumentException($"'{code}' is not a three-letter ISO currency code.", nameof(code));

        return new Currency(code.ToLowerInvariant());
    }

    public override string ToString() => Code;

    /// <summary>In JSON a currency is its code.</summary>
    private sealed class ByCode : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }
}
