using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/payment_intents/object#payment_intent_object-next_action</summary>
internal static class NextActionJson
{
    public static void Write(JsonOutput output, Intent intent)
    {
        if (intent is not { Status: IntentStatus.RequiresAction, Attempt: { } attempt })
        {
            output.Null("next_action"u8);
            return;
        }

        var json = output.Json;
        json.WriteStartObject("next_action"u8);
        if (attempt is { UseStripeSdk: false, ReturnUrl: { } returnUrl })
        {
            json.WriteStartObject("redirect_to_url"u8);
            output.Text("return_url"u8, returnUrl);
            output.Text("url"u8, attempt.RedirectUrl);
            json.WriteEndObject();
            output.Text("type"u8, "redirect_to_url");
        }
        else
        {
            output.Text("type"u8, "use_stripe_sdk");
            WriteStripeSdk(output, attempt);
        }

        json.WriteEndObject();
    }

    private static void WriteStripeSdk(JsonOutput output, Attempt attempt)
    {
        var json = output.Json;
        json.WriteStartObject("use_stripe_sdk"u8);
        json.WriteStartObject("directory_server_encryption"u8);
        output.Text("algorithm"u8, "RSA");
        output.Text("directory_server_id"u8, "A000000003");
        output.Null("key_id"u8);
        output.Texts("root_certificate_authorities"u8, []);
        json.WriteEndObject();
        output.Text("directory_server_name"u8, attempt.DirectoryServer);
        output.Text("merchant"u8, Account.Id);
        output.Text("server_transaction_id"u8, attempt.TransactionId);
        output.Text("three_d_secure_2_source"u8, attempt.Source);
        output.Text("three_ds_method_url"u8, "");
        output.Text("three_ds_optimizations"u8, "k");
        output.Text("type"u8, "stripe_3ds2_fingerprint");
        json.WriteEndObject();
    }
}
