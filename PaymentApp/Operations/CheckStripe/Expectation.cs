namespace PaymentApp.Operations.CheckStripe;

/// <summary>What Stripe must answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ObjectStatus">How the intent or refund must stand; several where Stripe may take its time.</param>
internal sealed record Expectation(int Status, string[] ObjectStatus, string? Code = null, string? DeclineCode = null)
{
    public static Expectation Ok(params string[] objectStatus) => new(200, objectStatus);

    public static Expectation Declined(string code, string declineCode) => new(402, ["requires_payment_method"], code, declineCode);

    public bool IsMetBy(Exchange exchange) =>
        exchange.Status == Status
        && exchange.Code == Code
        && exchange.DeclineCode == DeclineCode
        && exchange.ObjectStatus is { } stands && ObjectStatus.Contains(stands);

    public override string ToString() =>
        string.Join(' ', new[] { $"{Status}", Code, DeclineCode, string.Join(" or ", ObjectStatus) }.Where(word => word is not null));
}
