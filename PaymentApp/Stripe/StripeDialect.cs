using Stripe;

namespace PaymentApp.Stripe;

/// <summary>
/// How the requests say that cards pay. Endive took the guide's <c>payment_method_types</c> away and has
/// <c>allowed_payment_method_types</c> in its place; the API version decides which of the two Stripe takes.
/// https://docs.stripe.com/changelog/endive.
/// </summary>
internal abstract class StripeDialect
{
    private const string Card = "card";

    private static readonly DateOnly Endive = new(2026, 9, 30);

    private StripeDialect(StripeApiVersion version) => Version = version;

    /// <summary>The version that every request names.</summary>
    public StripeApiVersion Version { get; }

    /// <summary>The parameter that says which kinds of payment methods pay.</summary>
    public abstract string MethodTypesParameter { get; }

    /// <summary>Says in a request that cards pay, and nothing else does.</summary>
    public abstract void AcceptCards(PaymentIntentCreateOptions options);

    /// <param name="apiVersion">The setting <c>Stripe:ApiVersion</c>; null or blank for Stripe.net's own version.</param>
    /// <exception cref="FormatException">It is no version.</exception>
    public static StripeDialect Of(string? apiVersion)
    {
        var version = string.IsNullOrWhiteSpace(apiVersion)
            ? StripeApiVersion.OfClient
            : StripeApiVersion.Parse(apiVersion) ?? throw new FormatException("Stripe:ApiVersion is not an API version.");
        return version.Date < Endive ? new OfGuide(version) : new OfEndive(version);
    }

    /// <summary>The parameters of endive and later: what Stripe.net has properties for.</summary>
    public sealed class OfEndive(StripeApiVersion version) : StripeDialect(version)
    {
        public override string MethodTypesParameter => "allowed_payment_method_types";

        public override void AcceptCards(PaymentIntentCreateOptions options) => options.AllowedPaymentMethodTypes = [Card];
    }

    /// <summary>The guide's own parameters, letter for letter: https://docs.stripe.com/payments/payment-intents/upgrade-to-handle-actions.</summary>
    public sealed class OfGuide(StripeApiVersion version) : StripeDialect(version)
    {
        public override string MethodTypesParameter => "payment_method_types";

        public override void AcceptCards(PaymentIntentCreateOptions options) =>
            options.AddExtraParam(MethodTypesParameter, new List<string> { Card });
    }
}
