using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Stripe;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>Counts what a shop asks Stripe, and can have Stripe answer nothing that says how a request ended.</summary>
internal sealed class GatewayCalls
{
    private int _made;

    public int Made => Volatile.Read(ref _made);

    /// <summary>Whether each request that moves money ends as unknown, as after a 500.</summary>
    public bool IsAway { get; set; }

    public void Reset() => Volatile.Write(ref _made, 0);

    /// <summary>Puts the counter between a shop and its gateway.</summary>
    public void Count(IServiceCollection services)
    {
        services.AddSingleton<StripeGateway>();
        services.AddSingleton(provider =>
        {
            var gateway = DispatchProxy.Create<IPaymentGateway, Counter>();
            ((Counter)(object)gateway).Between(provider.GetRequiredService<StripeGateway>(), this);
            return gateway;
        });
    }

#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class Counter : DispatchProxy
#pragma warning restore CA1852
    {
        private IPaymentGateway? _inner;
        private GatewayCalls? _calls;

        public void Between(IPaymentGateway gateway, GatewayCalls counted) => (_inner, _calls) = (gateway, counted);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Interlocked.Increment(ref _calls!._made);
            return (_calls.IsAway, targetMethod!.Name) switch
            {
                (true, nameof(IPaymentGateway.RefundAsync)) =>
                    Task.FromResult<GatewayAnswer<RefundSnapshot>>(new GatewayAnswer<RefundSnapshot>.Unknown()),
                (true, nameof(IPaymentGateway.CreateAsync) or nameof(IPaymentGateway.ConfirmAsync)) =>
                    Task.FromResult<GatewayAnswer<IntentSnapshot>>(new GatewayAnswer<IntentSnapshot>.Unknown()),
                _ => targetMethod.Invoke(_inner, args),
            };
        }
    }
}
