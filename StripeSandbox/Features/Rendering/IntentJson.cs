using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>What PaymentIntents and SetupIntents write alike.</summary>
internal static class IntentJson
{
    public static void WriteAutomaticPaymentMethods(JsonOutput output, Intent intent)
    {
        if (intent.AutomaticRedirects is not { } redirects)
        {
            output.Null("automatic_payment_methods"u8);
            return;
        }

        output.Json.WriteStartObject("automatic_payment_methods"u8);
        output.Text("allow_redirects"u8, redirects);
        output.Flag("enabled"u8, true);
        output.Json.WriteEndObject();
    }
}
