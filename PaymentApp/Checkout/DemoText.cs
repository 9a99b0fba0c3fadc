namespace PaymentApp.Checkout;

/// <summary>Names the resource files of what the demo says beside the checkout.</summary>
internal sealed class DemoText;
