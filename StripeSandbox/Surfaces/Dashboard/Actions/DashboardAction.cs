namespace StripeSandbox.Dashboard.Actions;

/// <summary>A button of the dashboard: the call that it makes, under the name that its form is posted to.</summary>
/// <param name="Name">The last part of the form's address.</param>
/// <param name="Method">The call's method.</param>
/// <param name="Pattern">The call's route; the form's <c>id</c> takes the place of <c>{id}</c>.</param>
/// <param name="Done">What is said once it has happened.</param>
internal sealed record DashboardAction(string Name, string Method, string Pattern, string Done)
{
    private const string Prefix = "/_dashboard/actions/";

    public static readonly DashboardAction Refund = new("refund", HttpMethods.Post, "/v1/refunds", "Refunded.");
    public static readonly DashboardAction Capture = new("capture", HttpMethods.Post, "/v1/payment_intents/{id}/capture", "Captured.");
    public static readonly DashboardAction Cancel = new("cancel", HttpMethods.Post, "/v1/payment_intents/{id}/cancel", "Canceled.");

    public static readonly DashboardAction Challenge =
        new("challenge", HttpMethods.Post, "/_sandbox/payment_intents/{id}/challenge", "The bank has its answer.");

    public static readonly DashboardAction SettleDispute =
        new("settle-dispute", HttpMethods.Post, "/_sandbox/disputes/{id}/settle", "The dispute is settled.");

    public static readonly DashboardAction Resend = new("resend", HttpMethods.Post, "/_sandbox/events/{id}/resend", "The event is sent again.");
    public static readonly DashboardAction Clock = new("clock", HttpMethods.Post, "/_sandbox/clock", "The clock is set.");
    public static readonly DashboardAction ArmFault = new("arm-fault", HttpMethods.Post, "/_sandbox/faults", "The fault is armed.");
    public static readonly DashboardAction ClearFaults = new("clear-faults", HttpMethods.Delete, "/_sandbox/faults", "There are no faults any more.");

    public static readonly IReadOnlyList<DashboardAction> All = [Refund, Capture, Cancel, Challenge, SettleDispute, Resend, Clock, ArmFault, ClearFaults];

    /// <summary>Where its form is posted to.</summary>
    public string Address => Prefix + Name;

    /// <summary>Whether it is about one payment, whose page says how it went.</summary>
    public bool IsOfPayment => this != Clock && this != ArmFault && this != ClearFaults;
}
