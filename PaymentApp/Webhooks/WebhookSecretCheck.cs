using Microsoft.Extensions.Options;
using PaymentApp.Stripe;

namespace PaymentApp.Webhooks;

/// <summary>What a start needs that a command such as <c>check-stripe</c> does without.</summary>
internal sealed class WebhookSecretAtStart;

/// <summary>Stops a start in Production that would turn every webhook away, unless none is meant to come.</summary>
internal sealed class WebhookSecretCheck(IHostEnvironment environment, IOptions<WebhooksOptions> webhooks, IOptions<StripeOptions> stripe)
    : IValidateOptions<WebhookSecretAtStart>
{
    public ValidateOptionsResult Validate(string? name, WebhookSecretAtStart options) =>
        environment.IsProduction() && webhooks.Value.Mode is WebhookMode.Listen && LacksSecret()
            ? ValidateOptionsResult.Fail(
                "Stripe:WebhookSecret is missing: no webhook could be told from a forged one. Set it with the environment variable "
                + "Stripe__WebhookSecret to the signing secret of your endpoint, or set Webhooks:Mode to FetchOnly where Stripe cannot reach the shop.")
            : ValidateOptionsResult.Success;

    private bool LacksSecret()
    {
        try
        {
            return string.IsNullOrWhiteSpace(stripe.Value.WebhookSecret);
        }
        catch (OptionsValidationException)
        {
            // Wrong keys stop the start by themselves, in words of their own.
            return false;
        }
    }
}
