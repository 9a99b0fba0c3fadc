using System.Globalization;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

public sealed class FormEncodingTests
{
    private readonly ScriptedStripe stripe = new ScriptedStripe().Answers(200, "{}");

    [Fact]
    public async Task Every_parameter_of_a_create_has_its_name()
    {
        await stripe.Client().V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions
        {
            Amount = 1,
            CaptureMethod = "manual",
            Confirm = false,
            ConfirmationMethod = "manual",
            Currency = "eur",
            Customer = "cus_1",
            Description = "d",
            ErrorOnRequiresAction = true,
            Metadata = new() { ["a"] = "b" },
            OffSession = true,
            PaymentMethod = "pm_1",
            PaymentMethodTypes = ["card", "link"],
            ReceiptEmail = "r",
            ReturnUrl = "u",
            SetupFutureUsage = "off_session",
            Shipping = new ChargeShippingOptions
            {
                Address = new AddressOptions { City = "c", Country = "DE", Line1 = "1", Line2 = "2", PostalCode = "p", State = "s" },
                Carrier = "dhl",
                Name = "n",
                Phone = "0",
                TrackingNumber = "t",
            },
            StatementDescriptorSuffix = "x",
            UseStripeSdk = true,
        });

        Assert.Equal(
            "amount=1&capture_method=manual&confirm=false&confirmation_method=manual&currency=eur&customer=cus_1&description=d"
            + "&error_on_requires_action=true&metadata[a]=b&off_session=true&payment_method=pm_1"
            + "&payment_method_types[0]=card&payment_method_types[1]=link&receipt_email=r&return_url=u&setup_future_usage=off_session"
            + "&shipping[address][city]=c&shipping[address][country]=DE&shipping[address][line1]=1&shipping[address][line2]=2"
            + "&shipping[address][postal_code]=p&shipping[address][state]=s&shipping[carrier]=dhl&shipping[name]=n&shipping[phone]=0"
            + "&shipping[tracking_number]=t&statement_descriptor_suffix=x&use_stripe_sdk=true",
            stripe.LastForm);
    }

    [Fact]
    public async Task Every_parameter_of_a_confirm_has_its_name()
    {
        await stripe.Client().V1.PaymentIntents.ConfirmAsync("pi_1", new PaymentIntentConfirmOptions
        {
            CaptureMethod = "manual",
            ErrorOnRequiresAction = true,
            OffSession = false,
            PaymentMethod = "pm_1",
            PaymentMethodTypes = ["card"],
            ReceiptEmail = "r",
            ReturnUrl = "u",
            SetupFutureUsage = "on_session",
            UseStripeSdk = true,
        });

        Assert.Equal(
            "capture_method=manual&error_on_requires_action=true&off_session=false&payment_method=pm_1&payment_method_types[0]=card"
            + "&receipt_email=r&return_url=u&setup_future_usage=on_session&use_stripe_sdk=true",
            stripe.LastForm);
    }

    [Theory]
    [InlineData("Müller & Söhne", "M%C3%BCller+%26+S%C3%B6hne")]
    [InlineData("a=b+c", "a%3Db%2Bc")]
    [InlineData("[x]", "[x]")]
    [InlineData("", "")]
    public async Task Text_is_escaped_but_for_brackets(string text, string escaped)
    {
        await stripe.Client().V1.PaymentIntents.CreateAsync(new PaymentIntentCreateOptions { Description = text });

        Assert.Equal($"description={escaped}", stripe.LastForm);
    }

    [Fact]
    public async Task What_was_never_set_is_left_out()
    {
        await stripe.Client().V1.PaymentIntents.ConfirmAsync("pi_1", new PaymentIntentConfirmOptions());

        Assert.Equal("", stripe.LastForm);
    }

    [Fact]
    public async Task A_tracked_parameter_that_is_set_to_null_is_cleared()
    {
        var client = stripe.Client();

        await client.V1.PaymentIntents.ConfirmAsync("pi_1", new PaymentIntentConfirmOptions { ReceiptEmail = null, SetupFutureUsage = null, PaymentMethod = null });
        Assert.Equal("receipt_email=&setup_future_usage=", stripe.LastForm);

        await client.V1.Refunds.CreateAsync(new RefundCreateOptions { Metadata = null, Reason = null });
        Assert.Equal("metadata=", stripe.LastForm);
    }

    [Fact]
    public async Task Every_parameter_of_a_refund_a_capture_and_a_cancel_has_its_name()
    {
        var client = stripe.Client();

        await client.V1.Refunds.CreateAsync(new RefundCreateOptions { Amount = 5, Charge = "ch_1", Metadata = new() { ["k"] = "v" }, PaymentIntent = "pi_1", Reason = "duplicate" });
        Assert.Equal("amount=5&charge=ch_1&metadata[k]=v&payment_intent=pi_1&reason=duplicate", stripe.LastForm);

        await client.V1.PaymentIntents.CaptureAsync("pi_1", new PaymentIntentCaptureOptions { AmountToCapture = 7 });
        Assert.Equal("amount_to_capture=7", stripe.LastForm);

        await client.V1.PaymentIntents.CancelAsync("pi_1", new PaymentIntentCancelOptions { CancellationReason = "abandoned" });
        Assert.Equal("cancellation_reason=abandoned", stripe.LastForm);
    }

    [Fact]
    public async Task Parameters_without_a_property_follow_those_with_one()
    {
        var options = new PaymentIntentUpdateOptions { Expand = ["latest_charge", "payment_method"] };
        options.AddExtraParam("metadata", new Dictionary<string, string> { ["order_id"] = "42" });
        options.AddExtraParam("amount", 5);
        options.AddExtraParam("confirm", true);
        options.AddExtraParam("types", new List<string> { "a", "b" });

        await stripe.Client().V1.PaymentIntents.UpdateAsync("pi_1", options);

        Assert.Equal("POST /v1/payment_intents/pi_1", stripe.Requests[^1].Line);
        Assert.Equal(
            "expand[0]=latest_charge&expand[1]=payment_method&metadata[order_id]=42&amount=5&confirm=true&types[0]=a&types[1]=b",
            stripe.LastForm);
        Assert.Throws<ArgumentException>(() => options.AddExtraParam("amount", 6));
    }

    [Fact]
    public async Task A_list_takes_a_time_or_a_span_of_time()
    {
        var stripe = new ScriptedStripe().Answers(200, """{"object":"list","data":[],"has_more":false}""");
        var from = new DateTime(2026, 7, 29, 0, 0, 0, DateTimeKind.Utc);
        var seconds = new DateTimeOffset(from).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        await stripe.Client().V1.PaymentIntents.ListAsync(new PaymentIntentListOptions { Created = from, Limit = 3 });
        Assert.Equal($"GET /v1/payment_intents?created={seconds}&limit=3", stripe.Requests[^1].Line);

        await stripe.Client().V1.PaymentIntents.ListAsync(new PaymentIntentListOptions
        {
            Created = new DateRangeOptions { GreaterThan = from, GreaterThanOrEqual = from, LessThan = from, LessThanOrEqual = from },
            Customer = "cus_1",
            StartingAfter = "pi_1",
            EndingBefore = "pi_2",
        });
        Assert.Equal(
            $"GET /v1/payment_intents?created[gt]={seconds}&created[gte]={seconds}&created[lt]={seconds}&created[lte]={seconds}"
            + "&customer=cus_1&starting_after=pi_1&ending_before=pi_2",
            stripe.Requests[^1].Line);
    }

    [Fact]
    public async Task An_id_cannot_leave_its_place_in_the_path()
    {
        await stripe.Client().V1.PaymentIntents.GetAsync("pi_1/../../refunds?x=1");

        Assert.Equal("GET /v1/payment_intents/pi_1%2F..%2F..%2Frefunds%3Fx%3D1", stripe.Requests[^1].Line);
    }
}
