using StripeSandbox.Api;
using StripeSandbox.Books;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Objects.Json;

namespace StripeSandbox.Payments.Intents;

/// <summary>https://docs.stripe.com/api/payment_intents/capture</summary>
internal static class IntentCapture
{
    public static Func<UnitOfWork, Reply> Prepare(ApiCall call)
    {
        var amount = call.Form.Integer("amount_to_capture");
        if (amount < 1)
            throw Refusal.Invalid("This value must be greater than or equal to 1.", "amount_to_capture", "parameter_invalid_integer");
        _ = MetadataForm.Read(call.Form["metadata"], Metadata.Empty);
        return unit =>
        {
            var intent = unit.Claim<PaymentIntent>(call.RouteId) ?? throw IntentEndpoints.NoSuchIntent(call.RouteId);
            if (intent.Status != IntentStatus.RequiresCapture)
            {
                throw Refusal.UnexpectedState(
                    $"This PaymentIntent could not be captured because it has a status of {intent.Status.Wire()}. " +
                    "Only a PaymentIntent with one of the following statuses may be captured: requires_capture.", intent);
            }

            if (amount > intent.AmountCapturable)
            {
                throw Refusal.Invalid(
                    $"The provided capture amount is greater than the amount that can be captured ({intent.AmountCapturable}).",
                    "amount_to_capture", "amount_too_large");
            }

            return new ObjectReply(Charging.Capture(unit, intent with
            {
                Metadata = MetadataForm.Read(call.Form["metadata"], intent.Metadata),
                StatementDescriptor = call.Form.Merge("statement_descriptor", intent.StatementDescriptor),
                StatementDescriptorSuffix = call.Form.Merge("statement_descriptor_suffix", intent.StatementDescriptorSuffix),
            }, amount ?? intent.AmountCapturable));
        };
    }
}
