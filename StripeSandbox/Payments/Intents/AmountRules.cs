using StripeSandbox.Api;

namespace StripeSandbox.Payments.Intents;

/// <summary>Which amounts and currencies can be charged (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).</summary>
internal static class AmountRules
{
    /// <exception cref="Refusal">The currency is not one that Stripe charges in.</exception>
    public static string Currency(string text)
    {
        var currency = text.ToLowerInvariant();
        return Currencies.Find(currency) is { } known
            ? known
            : throw Refusal.Invalid($"Invalid currency: {currency}. Stripe currently supports these currencies: {Currencies.List}", "currency");
    }

    /// <exception cref="Refusal">The amount cannot be charged in that currency.</exception>
    public static long Amount(long amount, string currency)
    {
        if (amount < 1)
            throw Refusal.Invalid("This value must be greater than or equal to 1.", "amount", "parameter_invalid_integer");
        if (amount < Currencies.Minimum(currency))
            throw Refusal.AmountTooSmall(currency, "amount");
        if (amount > Currencies.Maximum)
            throw Refusal.AmountTooLarge(currency, "amount");
        return Currencies.IsRound(currency, amount)
            ? amount
            : throw Refusal.Invalid(
                $"Invalid amount: {amount} {currency} has more decimals than {currency} can be charged with.", "amount", "invalid_charge_amount");
    }
}
