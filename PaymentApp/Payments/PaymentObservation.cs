namespace PaymentApp.Payments;

/// <summary>Records a call that is made for a payment: a span and an outcome.</summary>
internal static class PaymentObservation
{
    /// <param name="metrics">Counts the outcome.</param>
    /// <param name="span">What the span is called.</param>
    /// <param name="operation">What the metrics call it.</param>
    /// <param name="call">The call.</param>
    /// <param name="read">The outcome's name, and why it did not go well; null where it did.</param>
    public static async Task<TOutcome> ObserveAsync<TOutcome>(
        this PaymentMetrics metrics, string span, string operation, Func<Task<TOutcome>> call, Func<TOutcome, (string Name, string? Code)> read)
    {
        using var activity = PaymentTracing.Source.StartActivity(span);
        try
        {
            var outcome = await call();
            var (name, code) = read(outcome);
            metrics.Ended(operation, name, code);
            activity?.SetTag(PaymentTracing.Outcome, name);
            if (code is not null)
                activity.SetFailed(code);
            return outcome;
        }
        catch (Exception exception)
        {
            activity.SetFailed(exception);
            throw;
        }
    }
}
