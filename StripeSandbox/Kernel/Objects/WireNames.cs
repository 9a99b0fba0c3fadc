using System.Diagnostics;

namespace StripeSandbox.Objects;

/// <summary>Stripe's words for our enums.</summary>
internal static class WireNames
{
    public static string Wire(this IntentStatus status) => status switch
    {
        IntentStatus.RequiresPaymentMethod => "requires_payment_method",
        IntentStatus.RequiresConfirmation => "requires_confirmation",
        IntentStatus.RequiresAction => "requires_action",
        IntentStatus.Processing => "processing",
        IntentStatus.RequiresCapture => "requires_capture",
        IntentStatus.Canceled => "canceled",
        IntentStatus.Succeeded => "succeeded",
        _ => throw new UnreachableException(),
    };

    public static string Wire(this ConfirmationMethod method) => method == ConfirmationMethod.Manual ? "manual" : "automatic";

    public static string Wire(this CaptureMethod method) => method switch
    {
        CaptureMethod.AutomaticAsync => "automatic_async",
        CaptureMethod.Automatic => "automatic",
        CaptureMethod.Manual => "manual",
        _ => throw new UnreachableException(),
    };

    public static string Wire(this SetupAttemptStatus status) => status switch
    {
        SetupAttemptStatus.RequiresAction => "requires_action",
        SetupAttemptStatus.Succeeded => "succeeded",
        SetupAttemptStatus.Failed => "failed",
        SetupAttemptStatus.Abandoned => "abandoned",
        _ => throw new UnreachableException(),
    };

    public static string Wire(this ChargeStatus status) => status == ChargeStatus.Succeeded ? "succeeded" : "failed";

    public static string Wire(this RefundStatus status) => status switch
    {
        RefundStatus.Pending => "pending",
        RefundStatus.Succeeded => "succeeded",
        RefundStatus.Failed => "failed",
        RefundStatus.Canceled => "canceled",
        _ => throw new UnreachableException(),
    };

    public static string Wire(this Dispute dispute) => (dispute.State, dispute.IsInquiry) switch
    {
        (DisputeState.Open, false) => "needs_response",
        (DisputeState.Open, true) => "warning_needs_response",
        (DisputeState.UnderReview, false) => "under_review",
        (DisputeState.UnderReview, true) => "warning_under_review",
        (DisputeState.Won or DisputeState.Lost, true) => "warning_closed",
        (DisputeState.Won, false) => "won",
        (DisputeState.Lost, false) => "lost",
        _ => throw new UnreachableException(),
    };

    public static string Wire(this DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        DeliveryState.GivenUp => "given_up",
        _ => throw new UnreachableException(),
    };
}
