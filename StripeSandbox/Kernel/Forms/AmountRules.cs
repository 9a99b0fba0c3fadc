using StripeSandbox.Errors;
using StripeSandbox.Money;

namespace StripeSandbox.Forms;

/// <summary>Which amounts and currencies move money (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).</summary>
internal static class AmountRules
{
    /// <exception cref="Refusal">The currency is not one that Stripe charges in.</exception>
    public static string Currency(string text)
    {
        var currency = text.ToLowerInvariant();
        return Currencies.Find(currency) is { } known
            ? known
            : throw ParameterErrors.UnknownCurrency(currency);
    }

    /// <exception cref="Refusal">The amount cannot be charged in that currency.</exception>
    public static long Amount(long amount, string currency)
    {
        if (amount < 0)
            throw ParameterErrors.NotPositive("amount");
        if (amount < Currencies.Minimum(currency))
            throw ParameterErrors.AmountTooSmall(currency, "amount");
        if (amount > Currencies.Maximum(currency))
            throw ParameterErrors.AmountTooLarge(currency, "amount");
        return Part(amount, currency, "amount");
    }

    /// <summary>A part of a charge, which a capture takes or a refund gives back: only its last digits can be wrong.</summary>
    /// <exception cref="Refusal">The currency has no such fractions.</exception>
    public static long Part(long amount, string currency, string param) =>
        Currencies.IsRound(currency, amount) ? amount : throw ParameterErrors.AmountNotRound(currency, amount, param);
}
