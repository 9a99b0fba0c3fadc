namespace PaymentApp.Checkout;

/// <summary>What the demo shows beside the form.</summary>
/// <param name="Dashboard">Where the sandbox shows the payments; null where none runs with the shop.</param>
/// <param name="MailFolder">Where mails are written in place of being sent; null where they are sent.</param>
internal sealed record DemoSettings(Uri? Dashboard, string? MailFolder = null);
