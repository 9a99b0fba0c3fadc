using System.Net;
using System.Text.Json;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

public sealed class ExceptionTests
{
    private readonly ScriptedStripe stripe = new();

    [Fact]
    public async Task A_decline_says_why_and_holds_the_intent()
    {
        stripe.Answers(
            402,
            """
            {"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","message":"Too little money.",
             "param":"p","charge":"ch_1","doc_url":"d","request_log_url":"l","advice_code":"try_again_later","network_decline_code":"51",
             "payment_intent":{"id":"pi_1","status":"requires_payment_method","latest_charge":"ch_1","last_payment_error":{"code":"card_declined"}},
             "payment_method":{"id":"pm_1","object":"payment_method"}}}
            """,
            ("Request-Id", "req_1"),
            ("Idempotency-Key", "key-1"));

        var exception = await Failure();

        Assert.Equal(HttpStatusCode.PaymentRequired, exception.HttpStatusCode);
        Assert.Equal("Too little money.", exception.Message);
        Assert.Equal("req_1", exception.StripeResponse.RequestId);
        Assert.Equal("key-1", exception.StripeResponse.IdempotencyKey);
        Assert.Equal(HttpStatusCode.PaymentRequired, exception.StripeResponse.StatusCode);
        Assert.StartsWith("{\"error\"", exception.StripeResponse.Content, StringComparison.Ordinal);
        var error = exception.StripeError;
        Assert.Equal(
            ("card_error", "card_declined", "insufficient_funds", "Too little money.", "p", "ch_1", "d", "l", "try_again_later", "51"),
            (error.Type, error.Code, error.DeclineCode, error.Message, error.Param, error.Charge, error.DocUrl, error.RequestLogUrl, error.AdviceCode, error.NetworkDeclineCode));
        Assert.Equal(("pi_1", "ch_1", "card_declined"), (error.PaymentIntent.Id, error.PaymentIntent.LatestChargeId, error.PaymentIntent.LastPaymentError.Code));
        Assert.Equal("pm_1", error.PaymentMethod.Id);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    public async Task Success_is_200_and_nothing_else(int status)
    {
        stripe.Answers(status, """{"id":"pi_1"}""");

        Assert.Equal((HttpStatusCode)status, (await Failure()).HttpStatusCode);
    }

    [Theory]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(500, "")]
    [InlineData(500, """{"nothing":"known"}""")]
    [InlineData(200, """{"id":"pi_1","client_secret":"pi_1_secret_x",""")]
    [InlineData(200, """{"id":"pi_1","amount":"many"}""")]
    [InlineData(200, "")]
    public async Task A_body_that_cannot_be_read_is_the_message_of_the_exception(int status, string body)
    {
        stripe.Answers(status, body);

        var exception = await Failure();

        Assert.Contains(body, exception.Message, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, exception.HttpStatusCode);
        Assert.Null(exception.StripeError);
        Assert.Equal(body, exception.StripeResponse.Content);
    }

    [Fact]
    public async Task An_error_that_is_null_is_not_expected()
    {
        stripe.Answers(500, """{"error":null}""");

        await Assert.ThrowsAsync<NullReferenceException>(Call);
    }

    [Fact]
    public async Task A_wrong_type_inside_an_error_is_thrown_as_it_is()
    {
        stripe.Answers(402, """{"error":{"type":{"not":"text"}}}""");

        await Assert.ThrowsAnyAsync<JsonException>(Call);
    }

    [Fact]
    public async Task An_error_that_is_a_word_is_described_beside_it()
    {
        stripe.Answers(400, """{"error":"invalid_grant","error_description":"Unknown code."}""");

        Assert.Equal("Unknown code.", (await Failure()).Message);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_sent()
    {
        stripe.Answers(200, "{}");

        await Assert.ThrowsAsync<StripeException>(() => stripe.Client(apiKey: null).V1.PaymentIntents.GetAsync("pi_1"));
        Assert.Empty(stripe.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk_test 1")]
    [InlineData("sk_test_1\n")]
    public void A_key_that_cannot_be_one_is_refused(string key) =>
        Assert.Throws<ArgumentException>(() => stripe.Client(apiKey: key));

    private Task<PaymentIntent> Call() => stripe.Client().V1.PaymentIntents.GetAsync("pi_1");

    private Task<StripeException> Failure() => Assert.ThrowsAsync<StripeException>(Call);
}
