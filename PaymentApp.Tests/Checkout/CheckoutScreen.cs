using AngleSharp.Dom;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace PaymentApp.Tests.Checkout;

/// <summary>A page with a checkout form, the way a shopper, or their screen reader, meets it.</summary>
internal sealed class CheckoutScreen(IRenderedComponent<IComponent> page)
{
    public IElement Form => page.Find("form.payment-form");

    public string? PayLabel => PayButton is { } button ? TextOf(button) : null;

    public IElement? PayButton => Form.QuerySelector("button[type=submit]");

    /// <summary>What the status region says.</summary>
    public string Status => TextOf(Form.QuerySelector("[role=status]")!);

    /// <summary>What the alert region says; empty where nothing is wrong.</summary>
    public string Alert => TextOf(Form.QuerySelector("[role=alert]")!);

    /// <summary>What a screen reader is told without moving: every live region's text.</summary>
    public string Announced => string.Join(' ', Form.QuerySelectorAll("[role=status], [role=alert], [aria-live]").Select(TextOf)).Trim();

    public string Text => TextOf(Form);

    public IElement? Heading => Form.QuerySelector("h2");

    public IReadOnlyList<string> Buttons => [.. Form.QuerySelectorAll("button").Select(TextOf)];

    /// <summary>The element that Stripe.js fills.</summary>
    public IElement CardContainer => Form.QuerySelector(".card-field")!;

    public bool ShowsCard => CardContainer.Closest("[hidden]") is null;

    public bool CanPay => PayButton is { } button && !button.HasAttribute("disabled");

    /// <summary>Each term of the receipt with what it says.</summary>
    public IReadOnlyDictionary<string, string> Receipt =>
        Form.QuerySelectorAll("dl > div").ToDictionary(row => TextOf(row.QuerySelector("dt")!), row => TextOf(row.QuerySelector("dd")!));

    /// <summary>Sends the form, as the button, Enter, or the second half of a double click does.</summary>
    public void Pay() => Form.Submit();

    public void Press(string button) => Form.QuerySelectorAll("button").Single(candidate => TextOf(candidate) == button).Click(new MouseEventArgs());

    public Task UntilAsync(Action<CheckoutScreen> assertion) => page.WaitForAssertionAsync(() => assertion(this));

    private static string TextOf(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
