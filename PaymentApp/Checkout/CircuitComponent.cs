using Microsoft.AspNetCore.Components;

namespace PaymentApp.Checkout;

/// <summary>A component that is told of things from outside of its circuit.</summary>
public abstract class CircuitComponent : ComponentBase
{
    /// <summary>
    /// Does work in the circuit, for a caller that does not wait for it. What is thrown comes to the component's error
    /// boundary, as from an event of its own: https://learn.microsoft.com/aspnet/core/blazor/components/sync-context.
    /// </summary>
    protected async void Dispatch(Func<Task> work)
    {
        try
        {
            await InvokeAsync(work);
        }
        catch (ObjectDisposedException)
        {
            // The circuit has ended: nobody is there to be told.
        }
#pragma warning disable CA1031 // An exception that left here would end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
