namespace PaymentApp.Checkout;

/// <summary>What the browser needs to start Stripe.js.</summary>
/// <param name="ScriptUrl">Where it is loaded from; its origin is the only foreign one that the page lets in.</param>
/// <param name="PublishableKey">The key that may be seen by anyone.</param>
internal sealed record StripeJsSettings(Uri ScriptUrl, string PublishableKey);
