namespace PaymentApp.Tests.Sandbox;

/// <summary>What an amount may be in each currency, wherever money moves (https://docs.stripe.com/currencies).</summary>
public sealed class MoneyRuleTests : IAsyncLifetime
{
    private const string Payments = "/v1/payment_intents";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [InlineData("bhd", 5120, 1234, 1230)]
    [InlineData("jod", 5120, 1234, 1230)]
    [InlineData("kwd", 5120, 1234, 1230)]
    [InlineData("omr", 5120, 1234, 1230)]
    [InlineData("tnd", 5120, 1234, 1230)]
    [InlineData("isk", 500000, 1250, 1200)]
    [InlineData("ugx", 500000, 1250, 1200)]
    public async Task A_currency_without_small_change_has_none_anywhere(string currency, int amount, int odd, int even)
    {
        AssertRefused(await CreateAsync(currency, amount + 1), "amount");
        var open = (await CreateAsync(currency, amount)).Ok().Id;
        AssertRefused(await _sandbox.PostAsync($"{Payments}/{open}", ("amount", $"{odd}")), "amount");

        var paid = (await PayAsync(currency, amount, "automatic")).Ok().Id;
        AssertRefused(await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid), ("amount", $"{odd}")), "amount");
        (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid), ("amount", $"{even}"))).Ok();

        var held = (await PayAsync(currency, amount, "manual")).Ok().Id;
        AssertRefused(await _sandbox.PostAsync($"{Payments}/{held}/capture", ("amount_to_capture", $"{odd}")), "amount_to_capture");
        (await _sandbox.PostAsync($"{Payments}/{held}/capture", ("amount_to_capture", $"{even}"))).Ok();
    }

    [Theory]
    [InlineData("jpy")]
    [InlineData("usd")]
    [InlineData("huf")]
    public async Task Other_currencies_take_every_amount(string currency)
    {
        var paid = (await PayAsync(currency, 50_001, "automatic")).Ok().Id;

        (await _sandbox.PostAsync("/v1/refunds", ("payment_intent", paid), ("amount", "1"))).Ok();
    }

    [Theory]
    [InlineData("usd", 99_999_999)]
    [InlineData("jpy", 99_999_999)]
    [InlineData("crc", 99_999_999)]
    [InlineData("cop", 99_999_999)]
    [InlineData("kwd", 99_999_990)]
    [InlineData("idr", 999_999_999_999)]
    public async Task A_charge_has_eight_digits_and_twelve_in_rupiah(string currency, long largest)
    {
        (await PayAsync(currency, largest, "automatic")).Ok();

        var refused = await CreateAsync(currency, largest + 10);
        Assert.Equal((400, "amount_too_large", "amount"), (refused.Status, refused.At("error.code"), refused.At("error.param")));
    }

    private Task<SandboxAnswer> CreateAsync(string currency, long amount) =>
        _sandbox.PostAsync(Payments, ("amount", $"{amount}"), ("currency", currency));

    private Task<SandboxAnswer> PayAsync(string currency, long amount, string capture) => _sandbox.PostAsync(Payments,
        ("amount", $"{amount}"), ("currency", currency), ("confirm", "true"), ("payment_method", "pm_card_visa"),
        ("allowed_payment_method_types[]", "card"), ("capture_method", capture));

    private static void AssertRefused(SandboxAnswer refused, string param) =>
        Assert.Equal((400, "invalid_charge_amount", param), (refused.Status, refused.At("error.code"), refused.At("error.param")));
}
