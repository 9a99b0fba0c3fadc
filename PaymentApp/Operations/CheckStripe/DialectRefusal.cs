namespace PaymentApp.Operations.CheckStripe;

/// <summary>Tells a refusal of the dialect from a refusal of a card or of a key.</summary>
internal static class DialectRefusal
{
    // Those of which nobody has published that every version takes them together.
    private static readonly string[] Parameters =
        ["payment_method_types", "allowed_payment_method_types", "confirmation_method", "error_on_requires_action", "use_stripe_sdk"];

    /// <summary>Whether Stripe did not take a parameter that the dialect brings, or the version itself.</summary>
    public static bool IsOne(Exchange exchange) =>
        exchange is { Status: 400, ErrorType: "invalid_request_error" }
        && (exchange.Code is "payment_method_types_no_longer_supported" or "parameter_unknown"
            || Parameters.Contains(exchange.Param)
            || Parameters.Any(parameter => Says(exchange, parameter))
            || Says(exchange, "API version"));

    private static bool Says(Exchange exchange, string what) => exchange.Message?.Contains(what, StringComparison.OrdinalIgnoreCase) == true;
}
