using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Stripe;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>Lets a shop's requests of one kind wait before they are made.</summary>
internal sealed class HeldStripe
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The method of <see cref="IPaymentGateway"/> that waits.</summary>
    public string? Holds { get; set; }

    /// <summary>Ends when one waits.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Goes into a shop's services.</summary>
    public void Hold(IServiceCollection services)
    {
        services.AddSingleton<StripeGateway>();
        services.AddSingleton(provider => Intercepted<IPaymentGateway>.Around(provider.GetRequiredService<StripeGateway>(), (method, _) =>
        {
            if (method != Holds)
                return Task.CompletedTask;
            _asked.TrySetResult();
            return _answer.Task;
        }));
    }

    public void Answer() => _answer.SetResult();
}
