using System.Diagnostics.Metrics;

namespace PaymentApp.Payments;

/// <summary>What an operator watches. The meter is called <see cref="MeterName"/>.</summary>
internal sealed class PaymentMetrics
{
    public const string MeterName = "PaymentApp.Payments";

    private readonly Counter<long> _limited;
    private readonly Counter<long> _outcomes;
    private readonly Histogram<double> _challenges;
    private readonly CodeLabels _codes = new();

    public PaymentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _limited = meter.CreateCounter<long>("payments.attempts.limited", "{attempt}", "Attempts to pay, and questions of how one stands, that a limit refused, by limit");
        _outcomes = meter.CreateCounter<long>("payments.outcomes", "{outcome}", "How calls to pay, confirm, capture, cancel and refund came out, by operation, outcome and code");
        _challenges = meter.CreateHistogram(
            "payments.challenge.duration", "s", "How long shoppers were at their bank's challenge, by the outcome after it", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800] });
    }

    /// <param name="by"><c>order</c>, <c>address</c> or <c>overall</c>; <c>questions</c> where none was to be paid.</param>
    public void Limited(string by) => _limited.Add(1, new KeyValuePair<string, object?>("payment.limit", by));

    /// <param name="operation"><c>pay</c>, <c>confirm</c>, <c>capture</c>, <c>cancel</c> or <c>refund</c>.</param>
    /// <param name="outcome">A name of a closed set.</param>
    /// <param name="code">Why, where it did not go well.</param>
    public void Ended(string operation, string outcome, string? code)
    {
        if (_outcomes.Enabled)
            _outcomes.Add(1, new("payment.operation", operation), new(PaymentTracing.Outcome, outcome), new(PaymentTracing.Code, _codes.Of(code)));
    }

    public void ChallengeEnded(TimeSpan took, string outcome)
    {
        if (_challenges.Enabled)
            _challenges.Record(took.TotalSeconds, new KeyValuePair<string, object?>(PaymentTracing.Outcome, outcome));
    }

    /// <summary>Keeps a label to so many values, whatever codes are answered: each is a time series for good.</summary>
    private sealed class CodeLabels
    {
        private const int Most = 200;
        private const int Longest = 64;

        private readonly Lock _gate = new();
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        public string Of(string? code)
        {
            if (code is null)
                return "none";
            if (code.Length is 0 or > Longest || !code.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_'))
                return "other";
            lock (_gate)
                return _known.Contains(code) || (_known.Count < Most && _known.Add(code)) ? code : "other";
        }
    }
}
