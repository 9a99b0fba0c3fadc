using PaymentApp.Payments;

namespace PaymentApp.Orders;

/// <summary>A tax that a price includes.</summary>
/// <param name="Name">What its country calls it.</param>
/// <param name="Percent">Of the price without it.</param>
public sealed record ProductTax(string Name, decimal Percent)
{
    /// <summary>How much of an amount is this tax, to the nearest minor unit.</summary>
    public Money In(Money gross) =>
        gross with { MinorUnits = (long)Math.Round(gross.MinorUnits * Percent / (100 + Percent), MidpointRounding.AwayFromZero) };
}
