using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Faults;

/// <summary>The calls of the gateway.</summary>
public enum GatewayCall
{
    Create,
    ConfirmFreshCard,
    ConfirmAuthenticated,
    Retrieve,
    RetrieveAfterLostAnswer,
    Capture,
    Cancel,
    Refund,
    ListRefunds,
    Search,
}

/// <summary>What whoever asked was told.</summary>
internal enum Told
{
    Done,

    /// <summary>Nobody knows yet: it is looked after.</summary>
    StillChecking,

    /// <summary>It failed, and nothing was moved.</summary>
    NothingMoved,
}

/// <summary>How an order comes to a call, who makes it, and where it leads.</summary>
/// <param name="Route">The call, as the sandbox names it.</param>
/// <param name="PrepareAsync">Brings an order to the moment before the call.</param>
/// <param name="AskAsync">Makes the call as the shop makes it: as part of what a shopper or an operator asked for.</param>
/// <param name="End">Where the order stands once that is done.</param>
internal sealed record Scenario(
    string Route, Func<FaultyShop, Task<OrderId>> PrepareAsync, Func<FaultyShop, OrderId, Task<Told>> AskAsync, PaymentState End)
{
    /// <summary>How much a refund of these gives back, in minor units: a part, so that a second one would be possible.</summary>
    public const long Refunded = 1_000;

    private const string Intents = "/v1/payment_intents";
    private const string Good = "pm_card_visa";
    private const string WithBank = "pm_card_authenticationRequired";
    private const string Declined = "pm_card_chargeDeclinedInsufficientFunds";

    public long RefundedAtTheEnd { get; private init; }

    /// <summary>The call before, whose answer Stripe keeps to itself for good: some calls are made only then.</summary>
    public string? LosesAnswerOf { get; private init; }

    /// <summary>How many requests of this route come before the call.</summary>
    public int Skip { get; private init; }

    public static Scenario Of(GatewayCall call) => call switch
    {
        GatewayCall.Create => new($"POST {Intents}", shop => shop.OrderAsync(), PayAsync, PaymentState.Paid),
        GatewayCall.ConfirmFreshCard => new($"POST {Intents}/{{id}}/confirm", DeclinedAsync, PayAsync, PaymentState.Paid),
        GatewayCall.ConfirmAuthenticated => new($"POST {Intents}/{{id}}/confirm", AuthenticatedAsync, ConfirmAsync, PaymentState.Paid),
        GatewayCall.Retrieve => new($"GET {Intents}/{{id}}", AuthenticatedAsync, ConfirmAsync, PaymentState.Paid),
        GatewayCall.RetrieveAfterLostAnswer => new($"GET {Intents}/{{id}}", DeclinedAsync, PayAsync, PaymentState.Paid)
        {
            LosesAnswerOf = $"POST {Intents}/{{id}}/confirm",
            Skip = 1,
        },
        GatewayCall.Capture => new($"POST {Intents}/{{id}}/capture", AuthorizedAsync, CaptureAsync, PaymentState.Paid),
        GatewayCall.Cancel => new($"POST {Intents}/{{id}}/cancel", AuthorizedAsync, CancelAsync, PaymentState.Canceled),
        GatewayCall.Refund => new("POST /v1/refunds", PaidAsync, RefundAsync, PaymentState.Paid) { RefundedAtTheEnd = Refunded },
        GatewayCall.ListRefunds => new("GET /v1/refunds", PaidAsync, RefundAsync, PaymentState.Paid)
        {
            RefundedAtTheEnd = Refunded,
            LosesAnswerOf = "POST /v1/refunds",
        },
        GatewayCall.Search => new($"GET {Intents}", shop => shop.OrderAsync(), PayAsync, PaymentState.Paid) { LosesAnswerOf = $"POST {Intents}" },
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, null),
    };

    private static async Task<OrderId> DeclinedAsync(FaultyShop shop)
    {
        var order = await shop.OrderAsync();
        Assert.IsType<PaymentOutcome.Declined>(await shop.PayAsync(order, Declined));
        return order;
    }

    private static async Task<OrderId> AuthenticatedAsync(FaultyShop shop)
    {
        var order = await shop.OrderAsync();
        Assert.IsType<PaymentOutcome.ActionRequired>(await shop.PayAsync(order, WithBank));
        await shop.Shop.AuthenticateAsync(Assert.Single((await shop.Shop.BooksOfAsync(order)).Intents).Id);
        return order;
    }

    private static async Task<OrderId> AuthorizedAsync(FaultyShop shop)
    {
        var order = await shop.OrderAsync();
        Assert.IsType<PaymentOutcome.RequiresCapture>(await shop.PayAsync(order, Good, CaptureMode.Manual));
        return order;
    }

    private static async Task<OrderId> PaidAsync(FaultyShop shop)
    {
        var order = await shop.OrderAsync();
        Assert.IsType<PaymentOutcome.Succeeded>(await shop.PayAsync(order, Good));
        return order;
    }

    private static async Task<Told> PayAsync(FaultyShop shop, OrderId order) => Read(await shop.PayAsync(order, Good));

    private static async Task<Told> ConfirmAsync(FaultyShop shop, OrderId order) =>
        Read(await shop.AskAsync<IPaymentService, PaymentOutcome>(payments => payments.ConfirmAsync(order, PaymentActor.Shopper)));

    private static async Task<Told> CaptureAsync(FaultyShop shop, OrderId order) =>
        Read(await shop.AskAsync<IPaymentOperations, OperationOutcome>(operations => operations.CaptureAsync(order, amount: null, PaymentActor.Operator)));

    private static async Task<Told> CancelAsync(FaultyShop shop, OrderId order) =>
        Read(await shop.AskAsync<IPaymentOperations, OperationOutcome>(operations =>
            operations.CancelAsync(order, CancelReason.RequestedByCustomer, PaymentActor.Operator)));

    private static async Task<Told> RefundAsync(FaultyShop shop, OrderId order) =>
        Read(await shop.AskAsync<IPaymentOperations, OperationOutcome>(operations =>
            operations.RefundAsync(order, new Money(Refunded, Currency.Usd), RefundReason.RequestedByCustomer, PaymentActor.Operator)));

    private static Told Read(PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Succeeded => Told.Done,
        PaymentOutcome.Unknown => Told.StillChecking,
        PaymentOutcome.Declined => Told.NothingMoved,
        _ => throw new Xunit.Sdk.XunitException($"Nobody expected {outcome}."),
    };

    private static Told Read(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done or OperationOutcome.Pending => Told.Done,
        OperationOutcome.Unknown => Told.StillChecking,
        OperationOutcome.Failed or OperationOutcome.Refused => Told.NothingMoved,
        _ => throw new Xunit.Sdk.XunitException($"Nobody expected {outcome}."),
    };
}
