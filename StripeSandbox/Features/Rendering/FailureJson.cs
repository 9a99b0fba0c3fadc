using StripeSandbox.Objects;

namespace StripeSandbox.Rendering;

/// <summary>https://docs.stripe.com/api/errors</summary>
internal static class FailureJson
{
    /// <summary>The body of an error answer.</summary>
    public static void WriteError(JsonOutput output, ErrorReply reply, RequestLink request, long now)
    {
        var failure = reply.Failure;
        output.Json.WriteStartObject();
        output.Json.WriteStartObject("error"u8);
        WriteCodes(output, failure);
        if (reply.Intent is PaymentIntent payment)
        {
            output.Json.WritePropertyName("payment_intent"u8);
            PaymentIntentJson.Write(output, payment, Expansion.None);
        }

        WritePaymentMethod(output, failure);
        // Who is not let in has no log to look into.
        if (reply.Status != StatusCodes.Status401Unauthorized)
            output.Text("request_log_url"u8, request.Url(now));

        if (reply.Intent is SetupIntent setup)
        {
            output.Json.WritePropertyName("setup_intent"u8);
            SetupIntentJson.Write(output, setup, Expansion.None);
        }

        output.Text("type"u8, failure.Type);
        output.Json.WriteEndObject();
        output.Json.WriteEndObject();
    }

    /// <summary>What an intent or an attempt remembers of it.</summary>
    public static void WriteFailure(JsonOutput output, ReadOnlySpan<byte> name, Failure? failure)
    {
        if (failure is null)
        {
            output.Null(name);
            return;
        }

        output.Json.WriteStartObject(name);
        WriteCodes(output, failure);
        WritePaymentMethod(output, failure);
        output.Text("type"u8, failure.Type);
        output.Json.WriteEndObject();
    }

    private static void WriteCodes(JsonOutput output, Failure failure)
    {
        Optional(output, "advice_code"u8, failure.AdviceCode);
        if (!output.IsPublishable)
            Optional(output, "charge"u8, failure.Charge);
        Optional(output, "code"u8, failure.Code);
        Optional(output, "decline_code"u8, failure.DeclineCode);
        if (failure.Code is { } code)
            output.Text("doc_url"u8, "https://stripe.com/docs/error-codes/" + code.Replace('_', '-'));
        output.Text("message"u8, failure.Message);
        if (!output.IsPublishable)
            Optional(output, "network_decline_code"u8, failure.NetworkDeclineCode);
        Optional(output, "param"u8, failure.Param);
    }

    private static void WritePaymentMethod(JsonOutput output, Failure failure)
    {
        if (failure.PaymentMethod is not { } method)
            return;
        output.Json.WritePropertyName("payment_method"u8);
        PaymentMethodJson.Write(output, method, Expansion.None);
    }

    private static void Optional(JsonOutput output, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            output.Text(name, value);
    }
}
