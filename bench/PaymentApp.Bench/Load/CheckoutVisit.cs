using System.Diagnostics;

namespace PaymentApp.Bench.Load;

/// <summary>How long a shopper waited.</summary>
/// <param name="Paid">From the click on <em>Pay</em> to <em>Payment complete</em>.</param>
/// <param name="Whole">From the shop's address to leaving the paid order.</param>
/// <param name="Refusals">How often the shop was too busy, and was asked again.</param>
internal sealed record VisitTimes(TimeSpan Paid, TimeSpan Whole, int Refusals);

/// <summary>A shopper at the checkout: buys, opens it, pays and leaves, with a circuit but no browser.</summary>
internal sealed class CheckoutVisit : ICircuitPage, IHeldPage
{
    private const int MostRefusals = 20;

    private readonly TaskCompletionSource<bool> _paid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _refreshes = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Browser _browser;
    private TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _paymentMethod = "";
    private int _refusals;
    private Circuit? _circuit;
    private Uri? _address;
    private long _submit;

    private CheckoutVisit(Browser browser) => _browser = browser;

    /// <summary>Pays one order.</summary>
    /// <param name="typeCard">Gives the PaymentMethod that the card element makes of the card that is typed.</param>
    public static async Task<VisitTimes> PayAsync(Uri shop, Func<Task<string>> typeCard)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan paid;
        var visit = new CheckoutVisit(new Browser(shop));
        await visit.StartAsync(await visit.BuyAsync());
        await using (visit)
            paid = await visit.PayAsync(typeCard);
        return new VisitTimes(paid, clock.Elapsed, visit._refusals);
    }

    /// <summary>Buys, and has not opened the checkout's circuit yet.</summary>
    public static async Task<CheckoutVisit> OrderAsync(Uri shop)
    {
        var visit = new CheckoutVisit(new Browser(shop));
        await visit.BuyAsync();
        return visit;
    }

    /// <summary>Opens the checkout of what was bought, up to the card field and a button that can be pressed.</summary>
    public async Task OpenAsync() => await StartAsync(await _browser.OpenAsync(_address!.PathAndQuery));

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

    private async Task<BlazorPage> BuyAsync()
    {
        var home = await _browser.OpenAsync("/");
        BlazorPage? checkout;
        while ((checkout = await _browser.SubmitAsync(home, home.FormWith("purchase"))) is null)
            CountRefusal();
        _address = checkout.Address;
        return checkout;
    }

    private async Task StartAsync(BlazorPage checkout)
    {
        _circuit = await Circuit.OpenAsync(_browser, checkout, this);
        await _circuit.WaitForAsync(_ready.Task);
    }

    /// <summary>
    /// Presses <em>Pay</em> until it is sent the receipt, and fetches the page around the form as it is asked to, which says
    /// <em>Payment complete</em>.
    /// </summary>
    private async Task<TimeSpan> PayAsync(Func<Task<string>> typeCard)
    {
        _paymentMethod = await typeCard();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await _circuit!.RaiseAsync("submit", _submit);
            if (await _circuit.WaitForAsync(Task.WhenAny(_paid.Task, _ready.Task)) == _paid.Task)
                break;
            CountRefusal();
            _paymentMethod = await typeCard();
        }

        await _circuit.WaitForAsync(_refreshes.Task);
        var page = await _browser.OpenAsync(_address!.PathAndQuery);
        var paid = clock.Elapsed;
        if (!page.Shows("Payment complete"))
            throw new InvalidOperationException("The form has shown a receipt, and the page around it does not know that the order is paid.");
        await _circuit.UpdateAsync(page);
        return paid;
    }

    private void CountRefusal()
    {
        if (++_refusals > MostRefusals)
            throw new InvalidOperationException("The shop is too busy, or refuses all that it is asked.");
    }
}
