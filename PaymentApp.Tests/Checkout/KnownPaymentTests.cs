using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Checkout;
using PaymentApp.Payments;
using PaymentApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Checkout;

public sealed class KnownPaymentTests(ITestOutputHelper output)
{
    // As the framework writes the parameters of an interactive component into its page.
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true };

    [Fact]
    public void Whatever_a_page_knows_of_a_payment_arrives_at_its_circuit() => Randomly.Check(output, Arb.From(Changes), change =>
    {
        var page = JsonSerializer.Serialize(new CheckoutContext(change.Order.Value) { Known = KnownPayment.Of(change) }, Json);
        var left = JsonSerializer.Serialize(new CheckoutHandover(WasBusy: false, Alert: null, KnownPayment.Of(change)), Json);

        Assert.Equal(change, JsonSerializer.Deserialize<CheckoutContext>(page, Json)!.Known!.ChangeOf(change.Order));
        Assert.Equal(change, JsonSerializer.Deserialize<CheckoutHandover>(left, Json)!.Known!.ChangeOf(change.Order));
    });

    [Fact]
    public void A_card_that_is_yet_to_be_typed_travels_as_number_and_amount() => Assert.Equal(
        """{"order":"1","known":{"number":"DFHQ-VF69Y","amount":4900,"currency":"usd"}}""",
        JsonSerializer.Serialize(new CheckoutContext("1") { Known = new KnownPayment("DFHQ-VF69Y", 4900, Currency.Usd) }, Json));

    private static Gen<PaymentChange> Changes =>
        from currency in Gen.Elements(Currency.Usd, Currency.Jpy, Currency.Of("kwd"))
        from amounts in Gen.Choose(0, 2_000).ArrayOf(6)
        from version in Gen.Choose(0, 40)
        from state in Gen.Elements(Enum.GetValues<PaymentState>())
        from flags in Gen.Elements(true, false).ArrayOf(3)
        from failure in Gen.Elements([null, .. Enum.GetValues<FailureReason>().Cast<FailureReason?>()])
        let money = amounts.Select(amount => new Money(amount, currency)).ToArray()
        select new PaymentChange(
            OrderId.New(),
            version,
            new PaymentView(
                "DFHQ-VF69Y",
                money[0],
                state,
                IsChecking: flags[0],
                IsGivenUp: flags[1],
                failure,
                flags[2] ? new CardSummary("visa", "4242") : null,
                Captured: money[1],
                Refunded: money[2],
                RefundPending: money[3],
                Disputed: money[4],
                Lost: money[5]));
}
