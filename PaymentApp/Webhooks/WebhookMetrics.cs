using System.Diagnostics.Metrics;
using PaymentApp.Payments;

namespace PaymentApp.Webhooks;

/// <summary>What an operator watches of Stripe's events.</summary>
internal sealed class WebhookMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _received = meters.Create(PaymentMetrics.MeterName).CreateCounter<long>(
        "payments.events.received", "{event}", "Events of Stripe's that were delivered, or fetched because no webhook had brought them, by source and result");

    /// <param name="result"><c>new</c>, <c>known</c> or <c>refused</c>.</param>
    /// <param name="count">Of how many events.</param>
    public void Received(EventSource source, string result, int count = 1)
    {
        if (_received.Enabled)
            _received.Add(count, new("event.source", PaymentTracing.Label(source)), new("event.result", result));
    }
}
