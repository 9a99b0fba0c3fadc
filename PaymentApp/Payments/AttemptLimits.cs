using Microsoft.Extensions.Options;

namespace PaymentApp.Payments;

/// <summary>
/// Slows down who tries cards instead of buying: https://docs.stripe.com/disputes/prevention/card-testing. Attempts are
/// counted per order in the ledger, and per address and overall in this process. Also counted here, per order, per address and
/// overall, is how often pages have Stripe asked: a program that asks without end would use up the rate that payments need
/// (https://docs.stripe.com/rate-limits).
/// </summary>
internal sealed partial class AttemptLimits(
    IOptions<PaymentsOptions> options, PaymentMetrics metrics, TimeProvider clock, ILogger<AttemptLimits> logger)
{
    private const string Everyone = "";

    private readonly Lock _asking = new();

    private readonly PaymentsOptions _options = options.Value;
    private readonly SlidingLimit _perAddress = new(options.Value.AttemptsPerAddress, TimeSpan.FromMinutes(10), clock);
    private readonly SlidingLimit _overall = new(options.Value.AttemptsOverall, TimeSpan.FromMinutes(1), clock);
    private readonly SlidingLimit _questionsPerOrder = new(options.Value.QuestionsPerOrder, TimeSpan.FromMinutes(1), clock);
    private readonly SlidingLimit _questionsPerAddress = new(options.Value.QuestionsPerAddress, TimeSpan.FromMinutes(1), clock);
    private readonly SlidingLimit _questionsOverall = new(options.Value.QuestionsOverall, TimeSpan.FromMinutes(1), clock);

    // A program is refused many times a second.
    private readonly SlidingLimit _warnings = new(most: 1, TimeSpan.FromMinutes(1), clock);

    /// <summary>Counts another attempt on an order from an address.</summary>
    /// <param name="address">Whoever asks; null where it is not known, and then only the other limits count.</param>
    /// <returns>Null where it may be made; otherwise the refusal, with what the shopper can do about it.</returns>
    public PaymentOutcome.Refused? Take(Payment payment, string? address)
    {
        if (payment.Attempts >= _options.AttemptsPerOrder)
            return Refuse("order", address, new PaymentOutcome.Refused(RefusalReason.OrderTriedTooOften));
        if (address is not null && _perAddress.Take(address) is { } untilAddress)
            return Refuse("address", address, new PaymentOutcome.Refused(RefusalReason.TooManyAttempts, untilAddress));
        if (_overall.Take(Everyone) is { } untilOverall)
            return Refuse("overall", address, new PaymentOutcome.Refused(RefusalReason.TooManyAttempts, untilOverall));
        return null;
    }

    /// <summary>Counts another question of how an order stands, which a shopper's page would have Stripe asked.</summary>
    /// <param name="address">Whoever asks; null where it is not known, and then only the other limits count.</param>
    /// <returns>Null where Stripe may be asked; otherwise the refusal, with how long to wait, and nothing was counted.</returns>
    public PaymentOutcome.Refused? TakeQuestion(OrderId order, string? address)
    {
        lock (_asking)
        {
            if (_questionsPerOrder.WaitFor(order.Value) is { } untilOrder)
                return RefuseQuestion(nameof(PaymentsOptions.QuestionsPerOrder), address, untilOrder);
            if (address is not null && _questionsPerAddress.WaitFor(address) is { } untilAddress)
                return RefuseQuestion(nameof(PaymentsOptions.QuestionsPerAddress), address, untilAddress);
            if (_questionsOverall.Take(Everyone) is { } untilOverall)
                return RefuseQuestion(nameof(PaymentsOptions.QuestionsOverall), address, untilOverall);

            _questionsPerOrder.Take(order.Value);
            if (address is not null)
                _questionsPerAddress.Take(address);
            return null;
        }
    }

    private PaymentOutcome.Refused Refuse(string limit, string? address, PaymentOutcome.Refused refusal)
    {
        metrics.Limited(limit);
        if (_warnings.Take($"{limit} {address}") is null)
            Log.Limited(logger, limit, address);
        return refusal;
    }

    private PaymentOutcome.Refused RefuseQuestion(string setting, string? address, TimeSpan wait)
    {
        metrics.Limited("questions");
        if (_warnings.Take($"{setting} {address}") is null)
            Log.QuestionsLimited(logger, setting, address);
        return new PaymentOutcome.Refused(RefusalReason.AskedTooOften, wait);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An attempt to pay from {Address} was refused by the limit {Limit} of section Payments")]
        public static partial void Limited(ILogger logger, string limit, string? address);

        [LoggerMessage(2, LogLevel.Warning, "Pages opened from {Address} ask again and again how payments stand: no more questions are taken than Payments:{Setting} lets. If that is your proxy, add its network to Proxy:TrustedNetworks")]
        public static partial void QuestionsLimited(ILogger logger, string setting, string? address);
    }
}

/// <summary>What is known of the shopper of this scope.</summary>
internal sealed class ShopperConnection
{
    /// <summary>Where the shopper comes from, as far as the page that opened the scope could tell.</summary>
    public string? Address { get; set; }

    /// <summary>Where the receipt of the next attempt goes; null where none was named.</summary>
    public EmailAddress? Email { get; set; }
}
