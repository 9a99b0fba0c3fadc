using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PaymentApp.Checkout;

/// <summary>Says when a circuit has its browser back. What the browser's script answered in between has never arrived.</summary>
internal sealed class BrowserConnection : CircuitHandler
{
    private bool wasLost;

    public event Action? Regained;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        wasLost = true;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (wasLost)
            Regained?.Invoke();
        wasLost = false;
        return Task.CompletedTask;
    }
}
