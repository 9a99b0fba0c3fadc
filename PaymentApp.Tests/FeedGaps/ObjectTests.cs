using System.Text.Json;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

public sealed class ObjectTests
{
    private readonly ScriptedStripe stripe = new();

    private V1Services V1 => stripe.Client().V1;

    [Fact]
    public async Task A_payment_intent_is_read()
    {
        stripe.Answers(200,
            """
            {"id":"pi_1","object":"payment_intent","amount":1999,"amount_capturable":1,"amount_received":2,"canceled_at":1700000001,
             "cancellation_reason":"abandoned","capture_method":"automatic_async","client_secret":"pi_1_secret_x","confirmation_method":"manual",
             "created":1700000000,"currency":"usd","customer":"cus_1","description":"d","last_payment_error":{"code":"card_declined"},
             "latest_charge":"ch_1","livemode":true,"metadata":{"order_id":"42"},"next_action":{"type":"use_stripe_sdk","use_stripe_sdk":{"any":["thing"]}},
             "payment_method":"pm_1","receipt_email":"r","status":"requires_action","of_the_future":{"a":[1]}}
            """);

        var intent = await V1.PaymentIntents.GetAsync("pi_1");

        Assert.Equal(("pi_1", "payment_intent", 1999L, 1L, 2L), (intent.Id, intent.Object, intent.Amount, intent.AmountCapturable, intent.AmountReceived));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000000), intent.Created);
        Assert.Equal(DateTimeKind.Utc, intent.Created.Kind);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000001), intent.CanceledAt);
        Assert.Equal(("abandoned", "automatic_async", "pi_1_secret_x", "manual"), (intent.CancellationReason, intent.CaptureMethod, intent.ClientSecret, intent.ConfirmationMethod));
        Assert.Equal(("usd", "cus_1", "d", "card_declined", "ch_1"), (intent.Currency, intent.CustomerId, intent.Description, intent.LastPaymentError.Code, intent.LatestChargeId));
        Assert.Null(intent.LatestCharge);
        Assert.True(intent.Livemode);
        Assert.Equal("42", intent.Metadata["order_id"]);
        Assert.Equal(("use_stripe_sdk", "pm_1", "r", "requires_action"), (intent.NextAction.Type, intent.PaymentMethodId, intent.ReceiptEmail, intent.Status));
    }

    [Fact]
    public async Task What_is_null_or_missing_is_null()
    {
        stripe.Answers(200, """{"id":"pi_1","canceled_at":null,"customer":null,"latest_charge":null,"last_payment_error":null,"metadata":null}""");

        var intent = await V1.PaymentIntents.GetAsync("pi_1");

        Assert.Null(intent.CanceledAt);
        Assert.Null(intent.CustomerId);
        Assert.Null(intent.LatestChargeId);
        Assert.Null(intent.LatestCharge);
        Assert.Null(intent.PaymentMethodId);
        Assert.Null(intent.LastPaymentError);
        Assert.Null(intent.NextAction);
        Assert.Equal(0, intent.Amount);
    }

    [Fact]
    public async Task An_expanded_field_has_the_object_and_its_id()
    {
        stripe.Answers(200,
            """
            {"id":"pi_1","customer":{"id":"cus_1","object":"customer"},"payment_method":{"id":"pm_1"},
             "latest_charge":{"id":"ch_1","object":"charge","amount":1999,"payment_intent":"pi_1"}}
            """);

        var intent = await V1.PaymentIntents.GetAsync("pi_1");

        Assert.Equal(("cus_1", "pm_1", "ch_1"), (intent.CustomerId, intent.PaymentMethodId, intent.LatestChargeId));
        Assert.Equal(("ch_1", 1999L, "pi_1"), (intent.LatestCharge.Id, intent.LatestCharge.Amount, intent.LatestCharge.PaymentIntentId));
    }

    [Fact]
    public async Task A_charge_is_read()
    {
        stripe.Answers(200,
            """
            {"id":"ch_1","object":"charge","amount":10,"amount_captured":9,"amount_refunded":8,"captured":true,"currency":"jpy","disputed":true,
             "failure_code":"card_declined","failure_message":"m","outcome":{"network_status":"approved_by_network","reason":"r","risk_level":"normal","seller_message":"s","type":"authorized"},
             "paid":true,"payment_intent":"pi_1","payment_method_details":{"card":{"brand":"visa","country":"US","exp_month":8,"exp_year":2030,"funding":"credit","last4":"4242"},"type":"card"},
             "receipt_url":"u","refunded":true,"status":"succeeded"}
            """);

        var charge = await V1.Charges.GetAsync("ch_1");

        Assert.Equal(("ch_1", 10L, 9L, 8L, "jpy", "succeeded"), (charge.Id, charge.Amount, charge.AmountCaptured, charge.AmountRefunded, charge.Currency, charge.Status));
        Assert.True(charge is { Captured: true, Disputed: true, Paid: true, Refunded: true });
        Assert.Equal(("card_declined", "m", "pi_1", "u"), (charge.FailureCode, charge.FailureMessage, charge.PaymentIntentId, charge.ReceiptUrl));
        Assert.Equal(
            ("approved_by_network", "r", "normal", "s", "authorized"),
            (charge.Outcome.NetworkStatus, charge.Outcome.Reason, charge.Outcome.RiskLevel, charge.Outcome.SellerMessage, charge.Outcome.Type));
        var card = charge.PaymentMethodDetails.Card;
        Assert.Equal(("card", "visa", "US", 8L, 2030L, "credit", "4242"), (charge.PaymentMethodDetails.Type, card.Brand, card.Country, card.ExpMonth, card.ExpYear, card.Funding, card.Last4));
    }

    [Fact]
    public async Task A_refund_is_read()
    {
        stripe.Answers(200,
            """{"id":"re_1","object":"refund","amount":5,"charge":"ch_1","created":1700000000,"currency":"eur","failure_reason":"lost_or_stolen_card","payment_intent":"pi_1","reason":"duplicate","status":"failed"}""");

        var refund = await V1.Refunds.GetAsync("re_1");

        Assert.Equal(
            ("re_1", 5L, "ch_1", "eur", "lost_or_stolen_card", "pi_1", "duplicate", "failed"),
            (refund.Id, refund.Amount, refund.ChargeId, refund.Currency, refund.FailureReason, refund.PaymentIntentId, refund.Reason, refund.Status));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000000), refund.Created);
    }

    [Fact]
    public async Task The_text_of_an_object_is_its_json_so_it_must_not_be_logged()
    {
        stripe.Answers(200, """{"id":"pi_1","client_secret":"pi_1_secret_x"}""");

        var text = (await V1.PaymentIntents.GetAsync("pi_1")).ToString();

        Assert.StartsWith("<Stripe.PaymentIntent@", text, StringComparison.Ordinal);
        Assert.Contains("id=pi_1> JSON: {", text, StringComparison.Ordinal);
        Assert.Contains("pi_1_secret_x", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_can_be_made_by_hand()
    {
        var intent = new PaymentIntent { Id = "pi_1", LatestCharge = new Charge { Id = "ch_1" }, PaymentMethodId = "pm_1", CustomerId = "cus_1" };

        Assert.Equal(("ch_1", "pm_1", "cus_1"), (intent.LatestChargeId, intent.PaymentMethodId, intent.CustomerId));
        Assert.Null(new PaymentIntent { LatestCharge = null, LatestChargeId = null }.LatestChargeId);
    }

    [PublishedExamples]
    [InlineData("payment_intent")]
    [InlineData("payment_method")]
    [InlineData("charge")]
    [InlineData("refund")]
    [InlineData("customer")]
    [InlineData("event")]
    public async Task The_example_that_Stripe_publishes_is_read(string name)
    {
        using var examples = JsonDocument.Parse(await File.ReadAllTextAsync(PublishedExamplesAttribute.File));
        var example = examples.RootElement.GetProperty("resources").GetProperty(name);
        stripe.Answers(200, example.GetRawText());

        var id = name switch
        {
            "payment_intent" => (await V1.PaymentIntents.GetAsync("x")).Id,
            "payment_method" => (await V1.PaymentMethods.GetAsync("x")).Id,
            "charge" => (await V1.Charges.GetAsync("x")).Id,
            "refund" => (await V1.Refunds.GetAsync("x")).Id,
            "customer" => (await V1.Customers.GetAsync("x")).Id,
            _ => (await V1.Events.GetAsync("x")).Id,
        };

        Assert.Equal(example.GetProperty("id").GetString(), id);
    }

    /// <summary>Stripe's examples are not part of the repository: a machine without them skips the test, and says so.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PublishedExamplesAttribute : TheoryAttribute
    {
        public static readonly string File = Path.Combine(Repository.Root, "..", "shared", "stripe-fixtures-subset.json");

        public PublishedExamplesAttribute() => Skip = System.IO.File.Exists(File) ? null : "Stripe's published examples are not here.";
    }
}
