using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace PaymentApp.Payments;

/// <summary>
/// Slows down who tries cards instead of buying: https://docs.stripe.com/disputes/prevention/card-testing. Attempts are
/// counted per order in the ledger, and per address and overall in this process.
/// </summary>
internal sealed class AttemptLimits : IDisposable
{
    private readonly PaymentsOptions options;
    private readonly PaymentMetrics metrics;
    private readonly PartitionedRateLimiter<string> perAddress;
    private readonly RateLimiter overall;

    public AttemptLimits(IOptions<PaymentsOptions> options, PaymentMetrics metrics)
    {
        this.options = options.Value;
        this.metrics = metrics;
        perAddress = PartitionedRateLimiter.Create<string, string>(address =>
            RateLimitPartition.GetSlidingWindowLimiter(address, _ => Window(this.options.AttemptsPerAddress, TimeSpan.FromMinutes(10))));
        overall = new SlidingWindowRateLimiter(Window(this.options.AttemptsOverall, TimeSpan.FromMinutes(1)));
    }

    /// <summary>Whether another attempt may be made on an order from an address; counts it if so.</summary>
    /// <param name="address">Whoever asks; null where it is not known, and then only the other limits count.</param>
    public bool TryTake(Payment payment, string? address)
    {
        var refusedBy = payment.Attempts >= options.AttemptsPerOrder ? "order"
            : address is not null && !perAddress.AttemptAcquire(address).IsAcquired ? "address"
            : !overall.AttemptAcquire().IsAcquired ? "overall"
            : null;
        if (refusedBy is not null)
            metrics.Limited(refusedBy);
        return refusedBy is null;
    }

    public void Dispose()
    {
        perAddress.Dispose();
        overall.Dispose();
    }

    private static SlidingWindowRateLimiterOptions Window(int permits, TimeSpan window) =>
        new() { PermitLimit = permits, Window = window, SegmentsPerWindow = 5 };
}

/// <summary>Where the shopper of this scope comes from, as far as the page that opened it could tell.</summary>
internal sealed class ShopperConnection
{
    public string? Address { get; set; }
}
