using System.Diagnostics;

namespace PaymentApp.Bench.Load;

/// <summary>How long a shopper waited.</summary>
/// <param name="Paid">From the click on <em>Pay</em> to <em>Payment complete</em>.</param>
/// <param name="Whole">From the shop's address to leaving the paid order.</param>
internal sealed record VisitTimes(TimeSpan Paid, TimeSpan Whole);

/// <summary>A shopper at the checkout: buys, opens it, pays and leaves, with a circuit but no browser.</summary>
internal sealed class CheckoutVisit : ICircuitPage, IAsyncDisposable
{
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _paid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _refreshes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Browser _browser;
    private readonly string _paymentMethod;
    private Circuit? _circuit;
    private Uri? _address;
    private long _submit;

    private CheckoutVisit(Browser browser, string paymentMethod) => (_browser, _paymentMethod) = (browser, paymentMethod);

    /// <summary>Pays one order.</summary>
    /// <param name="paymentMethod">What the card element makes of the card that is typed.</param>
    public static async Task<VisitTimes> PayAsync(Uri shop, string paymentMethod)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan paid;
        await using (var visit = await OpenAsync(shop, paymentMethod))
            paid = await visit.PayAsync();
        return new VisitTimes(paid, clock.Elapsed);
    }

    /// <summary>Buys, and opens the checkout up to the card field and a button that can be pressed.</summary>
    public static async Task<CheckoutVisit> OpenAsync(Uri shop, string paymentMethod)
    {
        var browser = new Browser(shop);
        var home = await browser.OpenAsync("/");
        var checkout = await browser.SubmitAsync(home, home.FormWith("purchase"));
        var visit = new CheckoutVisit(browser, paymentMethod) { _address = checkout.Address };
        visit._circuit = await Circuit.OpenAsync(browser, checkout, visit);
        await visit._circuit.WaitForAsync(visit._ready.Task);
        return visit;
    }

    public string? Answer(string function)
    {
        if (function == "Blazor._internal.navigationManager.refresh")
            _refreshes.TrySetResult(true);
        return function == "createPaymentMethod" ? $$"""{"paymentMethodId":"{{_paymentMethod}}","error":null,"email":null}""" : null;
    }

    public void Show(RenderBatch batch)
    {
        _submit = batch.HandlerOf("onsubmit") ?? _submit;
        if (batch.Removes("disabled"))
            _ready.TrySetResult(true);
        if (batch.Shows("Your receipt"))
            _paid.TrySetResult(true);
    }

    public ValueTask DisposeAsync() => _circuit!.DisposeAsync();

    /// <summary>Presses <em>Pay</em>, is sent the receipt, and fetches the page around the form as it is asked to, which says <em>Payment complete</em>.</summary>
    private async Task<TimeSpan> PayAsync()
    {
        var clock = Stopwatch.StartNew();
        await _circuit!.RaiseAsync("submit", _submit);
        await _circuit.WaitForAsync(_paid.Task);
        await _circuit.WaitForAsync(_refreshes.Task);
        var page = await _browser.OpenAsync(_address!.PathAndQuery);
        var paid = clock.Elapsed;
        if (!page.Shows("Payment complete"))
            throw new InvalidOperationException("The form has shown a receipt, and the page around it does not know that the order is paid.");
        await _circuit.UpdateAsync(page);
        return paid;
    }
}
