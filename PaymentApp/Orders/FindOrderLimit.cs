using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Keeps one address from guessing orders, and one order's mailbox from being filled. Requests are counted in this process.</summary>
internal sealed partial class FindOrderLimit(
    IOptions<OrdersOptions> options, IMeterFactory meters, TimeProvider clock, ILogger<FindOrderLimit> logger)
{
    private const int MailsOfOrder = 3;

    private readonly SlidingLimit _perAddress = new(options.Value.FindPerAddress, TimeSpan.FromMinutes(10), clock);
    private readonly SlidingLimit _perOrder = new(MailsOfOrder, TimeSpan.FromHours(1), clock);

    private readonly Counter<long> _limited = meters.Create(OrderLimit.MeterName)
        .CreateCounter<long>("orders.searches.limited", "{search}", "Searches for an order that the limit of their address refused");

    /// <summary>Counts a request of an address; null where that is not known, and nothing is counted.</summary>
    /// <returns>Null where it may be made; otherwise how long until one may.</returns>
    public TimeSpan? Take(string? address)
    {
        if (address is null || _perAddress.Take(address) is not { } wait)
            return null;

        _limited.Add(1);
        Log.Limited(logger, address);
        return wait;
    }

    /// <summary>
    /// Whether another mail may be asked for with this number and address, whether or not they are an order's. A mail goes to
    /// the order's own address only: who mistypes it, or does not know it, uses nothing up.
    /// </summary>
    public bool TakeMail(string number, EmailAddress email) => _perOrder.Take($"{number} {email.Key}") is null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A search for an order from {Address} was refused: it has made as many as Orders:FindPerAddress allows")]
        public static partial void Limited(ILogger logger, string address);
    }
}
