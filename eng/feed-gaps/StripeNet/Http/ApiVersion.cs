namespace Stripe;

internal static class ApiVersion
{
    /// <summary>The API version that Stripe.net <see cref="Package"/> pins.</summary>
    public const string Current = "2026-07-29.dahlia";

    public const string Package = "52.2.0";
}
