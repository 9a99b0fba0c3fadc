using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints.Intents;

/// <summary>https://docs.stripe.com/api/payment_intents/capture</summary>
internal static class IntentCapture
{
    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var amount = call.Form.Integer("amount_to_capture");
        if (amount < 1)
            throw ParameterErrors.NotPositive("amount");
        StatementDescriptors.Require(call.Form);
        _ = MetadataForm.Read(call.Form["metadata"], Metadata.Empty);
        return unit =>
        {
            var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw IntentEndpoints.NoSuchIntent(call.RouteId);
            RequireCapturable(intent);
            if (amount > intent.AmountCapturable)
                throw StateErrors.CannotCaptureThatMuch(intent);

            if (amount is { } part)
                AmountRules.Part(part, intent.Currency, "amount_to_capture");
            return new ObjectReply(Charging.Capture(unit, intent with
            {
                Metadata = MetadataForm.Read(call.Form["metadata"], intent.Metadata),
                StatementDescriptor = call.Form.Merge("statement_descriptor", intent.StatementDescriptor),
                StatementDescriptorSuffix = call.Form.Merge("statement_descriptor_suffix", intent.StatementDescriptorSuffix),
            }, amount ?? intent.AmountCapturable));
        };
    }

    private static void RequireCapturable(PaymentIntent intent)
    {
        if (intent.Status != IntentStatus.RequiresCapture)
            throw StateErrors.CannotCapture(intent);
    }
}
