using System.Text;

namespace PaymentApp.Desk;

/// <summary>Where the desk's pages are.</summary>
internal static class DeskPaths
{
    public const string Root = "/desk";

    public const string SignIn = Root + "/sign-in";

    public const string SignOut = Root + "/sign-out";

    public const string Payments = Root + "/payments";

    public const string Attention = Root + "/attention";

    public const string Insights = Root + "/insights";

    /// <summary>The page of one payment, by the number of its order: the order's id opens the shopper's page, and stays out of addresses.</summary>
    public static string Payment(string number) => $"{Payments}/{Uri.EscapeDataString(number)}";

    /// <summary>The page that a form of the desk stands on, by the path that it is sent to.</summary>
    public static string PageOf(PathString form) =>
        form.ToUriComponent() is var path && path.LastIndexOf('/') is > 0 and var end ? path[..end] : Root;

    /// <summary>A page of the desk that somebody was on the way to; the desk's first page for anything else.</summary>
    public static string Local(string? address) =>
        address is not null
        && (address == Root || address.StartsWith(Root + "/", StringComparison.Ordinal) || address.StartsWith(Root + "?", StringComparison.Ordinal))
        && !address.StartsWith(SignIn, StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
        // An address that a browser names is escaped; anything else does not fit into a header.
        && Ascii.IsValid(address)
            ? address
            : Root;
}

/// <summary>What a page or an action of the desk asks of who wants it.</summary>
internal static class DeskPolicies
{
    public const string Look = "Desk.Look";

    public const string Act = "Desk.Act";
}

/// <summary>What the desk may know of how events come.</summary>
/// <param name="HasWebhooks">Whether Stripe delivers them; otherwise each is read.</param>
internal sealed record WebhookSettings(bool HasWebhooks);

/// <summary>Where Stripe, or the sandbox, shows payments to the shop's owner.</summary>
/// <param name="Payments">The address that a PaymentIntent's id is put behind.</param>
internal sealed record PaymentDashboard(Uri Payments)
{
    public Uri Of(PaymentApp.Payments.PaymentIntentId intent) => new($"{Payments.ToString().TrimEnd('/')}/{intent}");
}
