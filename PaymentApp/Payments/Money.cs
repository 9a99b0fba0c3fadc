using System.Globalization;
using System.Text.Json.Serialization;

namespace PaymentApp.Payments;

/// <summary>An amount in a currency's minor units: cents for USD, yen for JPY, fils for KWD.</summary>
/// <param name="MinorUnits">The amount in minor units, as Stripe's <c>amount</c>.</param>
/// <param name="Currency">The currency that it is counted in.</param>
public readonly record struct Money(long MinorUnits, Currency Currency)
{
    /// <summary>Stripe takes at most eight digits: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.</summary>
    public const long LargestCharge = 99_999_999;

    /// <summary>The money of an amount in major units, such as dollars.</summary>
    /// <exception cref="ArgumentException">The amount has more decimals than the currency.</exception>
    public static Money OfMajor(decimal amount, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        var minor = amount * currency.MinorPerMajor;
        if (minor != decimal.Truncate(minor))
            throw new ArgumentException($"{amount} has more decimals than {currency.Code} knows.", nameof(amount));

        return new Money((long)minor, currency);
    }

    /// <summary>The amount in major units, such as dollars.</summary>
    [JsonIgnore]
    public decimal Major => (decimal)MinorUnits / Currency.MinorPerMajor;

    /// <summary>Whether Stripe would take this amount as a charge, by size and by the currency's granularity.</summary>
    [JsonIgnore]
    public bool IsChargeable => MinorUnits >= SmallestCharge && MinorUnits <= LargestCharge && IsRound;

    /// <summary>
    /// Whether the currency knows such fractions, as charges, captures and refunds must:
    /// https://docs.stripe.com/currencies#three-decimal.
    /// </summary>
    [JsonIgnore]
    public bool IsRound => MinorUnits % Currency.ChargeStep == 0;

    private long SmallestCharge => Currency.Code switch
    {
        "usd" or "eur" => 50,
        "gbp" => 30,
        "jpy" => 50,
        _ => 1,
    };

    /// <summary>The amount as a reader of <paramref name="culture"/> expects it, with the currency's sign or its code.</summary>
    public string Format(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencyDecimalDigits = Currency.Decimals;
        format.CurrencySymbol = Currency.Code switch
        {
            "usd" => "$",
            "eur" => "€",
            "gbp" => "£",
            "jpy" => "¥",
            _ => Currency.Code.ToUpperInvariant(),
        };

        // A code stands apart from the number, also where a sign does not: $5, but KWD 5.
        if (format.CurrencySymbol.Length == 3)
            (format.CurrencyPositivePattern, format.CurrencyNegativePattern) = Apart(format);
        return Major.ToString("C", format).Replace(' ', '\u00a0');
    }

    // https://learn.microsoft.com/dotnet/api/system.globalization.numberformatinfo.currencypositivepattern
    private static (int Positive, int Negative) Apart(NumberFormatInfo format) =>
        format.CurrencyPositivePattern is 0 or 2 ? (2, 9) : (3, 8);

    public override string ToString() => Format(CultureInfo.GetCultureInfo("en-US"));
}
