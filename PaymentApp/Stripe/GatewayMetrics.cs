using System.Diagnostics.Metrics;
using PaymentApp.Payments;
using Polly.CircuitBreaker;

namespace PaymentApp.Stripe;

/// <summary>What an operator watches of the calls to Stripe.</summary>
internal sealed class GatewayMetrics
{
    private static readonly (CircuitState State, string Label)[] States =
        [(CircuitState.Closed, "closed"), (CircuitState.HalfOpen, "half_open"), (CircuitState.Open, "open")];

    private readonly Histogram<double> _durations;
    private readonly Counter<long> _retries;
    private CircuitBreakerStateProvider? _circuit;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PaymentMetrics.MeterName);
        _durations = meter.CreateHistogram(
            "payments.gateway.duration", "s", "How long calls to Stripe took with their retries, by operation and answer", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30, 60] });
        _retries = meter.CreateCounter<long>("payments.gateway.retries", "{retry}", "Requests to Stripe that were made again, by operation");
        meter.CreateObservableGauge(
            "payments.gateway.breaker", ObserveCircuit, unit: null, "1 for the state that the circuit breaker is in, 0 for the others; open answers at once without asking Stripe");
    }

    public void Watch(CircuitBreakerStateProvider circuit) => _circuit = circuit;

    public void Retried(string operation) => _retries.Add(1, OperationOf(operation));

    public void Answered(string operation, string answer, TimeSpan took)
    {
        if (_durations.Enabled)
            _durations.Record(took.TotalSeconds, OperationOf(operation), new(StripeTracing.Answer, answer));
    }

    private IEnumerable<Measurement<int>> ObserveCircuit() => _circuit is { } circuit
        ? States.Select(known => new Measurement<int>(
            circuit.CircuitState == known.State ? 1 : 0, new KeyValuePair<string, object?>("state", known.Label)))
        : [];

    private static KeyValuePair<string, object?> OperationOf(string operation) => new(StripeTracing.Operation, operation);
}
