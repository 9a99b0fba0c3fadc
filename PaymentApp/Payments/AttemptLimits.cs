using Microsoft.Extensions.Options;

namespace PaymentApp.Payments;

/// <summary>
/// Slows down who tries cards instead of buying: https://docs.stripe.com/disputes/prevention/card-testing. Attempts are
/// counted per order in the ledger, and per address and overall in this process. Also counted here, per order, is how often
/// a page has Stripe asked: one that asks without end would use up the rate that the shop's payments need
/// (https://docs.stripe.com/rate-limits).
/// </summary>
internal sealed partial class AttemptLimits(
    IOptions<PaymentsOptions> options, PaymentMetrics metrics, TimeProvider clock, ILogger<AttemptLimits> logger)
{
    private const string Everyone = "";

    private readonly PaymentsOptions _options = options.Value;
    private readonly SlidingLimit _perAddress = new(options.Value.AttemptsPerAddress, TimeSpan.FromMinutes(10), clock);
    private readonly SlidingLimit _questions = new(options.Value.QuestionsPerOrder, TimeSpan.FromMinutes(1), clock);
    private readonly SlidingLimit _overall = new(options.Value.AttemptsOverall, TimeSpan.FromMinutes(1), clock);

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

    /// <summary>Counts another question of how an order stands, asked by whoever has its page open.</summary>
    /// <returns>Whether Stripe may be asked.</returns>
    public bool TakeQuestion(OrderId order, string? address)
    {
        if (_questions.Take(order.Value) is null)
            return true;

        Count("questions", address);
        return false;
    }

    private PaymentOutcome.Refused Refuse(string limit, string? address, PaymentOutcome.Refused refusal)
    {
        Count(limit, address);
        return refusal;
    }

    private void Count(string limit, string? address)
    {
        metrics.Limited(limit);
        Log.Limited(logger, limit, address);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An attempt to pay from {Address} was refused by the limit {Limit} of section Payments")]
        public static partial void Limited(ILogger logger, string limit, string? address);
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
