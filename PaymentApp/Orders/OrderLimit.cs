using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>Keeps one address from filling the ledger with orders. Orders are counted in this process.</summary>
internal sealed partial class OrderLimit
{
    public const string MeterName = "PaymentApp.Orders";

    private readonly SlidingLimit _perAddress;
    private readonly Counter<long> _limited;
    private readonly ILogger<OrderLimit> _logger;

    public OrderLimit(IOptions<OrdersOptions> options, IMeterFactory meters, TimeProvider clock, ILogger<OrderLimit> logger)
    {
        _perAddress = new SlidingLimit(options.Value.PerAddress, TimeSpan.FromMinutes(10), clock);
        _limited = meters.Create(MeterName).CreateCounter<long>("orders.limited", "{order}", "Orders that the limit of their address refused");
        _logger = logger;
    }

    /// <summary>Counts an order of an address; null where that is not known, and nothing is counted.</summary>
    /// <returns>Null where it may be placed; otherwise how long until one may.</returns>
    public TimeSpan? Take(string? address)
    {
        if (address is null || _perAddress.Take(address) is not { } wait)
            return null;

        _limited.Add(1);
        Log.Limited(_logger, address);
        return wait;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An order from {Address} was refused: it has placed as many as Orders:PerAddress allows")]
        public static partial void Limited(ILogger logger, string address);
    }
}
