using System.Globalization;
using System.Text.Json;
using Stripe;

namespace PaymentApp.Tests.FeedGaps;

public sealed class WebhookTests
{
    private const string Secret = "whsec_test_secret";
    private const string Paid =
        """{"id":"evt_1","object":"event","api_version":"2026-07-29.dahlia","created":1700000000,"livemode":false,"type":"payment_intent.succeeded","account":"acct_1","data":{"object":{"id":"pi_1","object":"payment_intent","amount":1999}}}""";

    [Fact]
    public void The_signature_is_the_hmac_of_time_and_body() => Assert.Equal(
        "13941114bb88ac44a76abcfddea5b92aa6182a4b63d8be3aae908a616083bd7e",
        EventUtility.ComputeSignature(Secret, "1700000000", """{"id":"evt_test"}"""));

    [Fact]
    public void An_event_that_is_signed_is_read()
    {
        var read = EventUtility.ConstructEvent(Paid, Signed(Paid), Secret);

        Assert.Equal(("evt_1", "payment_intent.succeeded", "2026-07-29.dahlia", "acct_1", false), (read.Id, read.Type, read.ApiVersion, read.Account, read.Livemode));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000000), read.Created);
        var intent = Assert.IsType<PaymentIntent>(read.Data.Object);
        Assert.Equal(1999, intent.Amount);
    }

    [Fact]
    public void One_right_signature_among_several_is_enough()
    {
        var header = Signed(Paid);
        var time = header.Split(',')[0];
        var right = header.Split(',')[1];

        EventUtility.ValidateSignature(Paid, $"{time},v1=00,v0=ab, {right}", Secret);
    }

    [Theory]
    [InlineData("v1=00")]
    [InlineData("t=1")]
    [InlineData("t=1,v1=00")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void A_signature_that_is_not_ours_is_refused(string header) => Refused(Paid, header);

    [Fact]
    public void A_changed_body_is_refused() => Refused(Paid.Replace("1999", "1", StringComparison.Ordinal), Signed(Paid));

    [Fact]
    public void Another_scheme_is_not_a_signature() => Refused(Paid, Signed(Paid).Replace("v1=", "v0=", StringComparison.Ordinal));

    [Theory]
    [InlineData(-301)]
    [InlineData(+310)]
    public void A_signature_out_of_tolerance_is_refused(int seconds) => Refused(Paid, Signed(Paid, seconds));

    [Theory]
    [InlineData(-290)]
    [InlineData(+290)]
    public void A_signature_within_tolerance_is_taken(int seconds) =>
        Assert.Equal("evt_1", EventUtility.ConstructEvent(Paid, Signed(Paid, seconds), Secret).Id);

    [Theory]
    [InlineData("2026-09-30.endive")]
    [InlineData("2022-11-15")]
    public void An_event_of_another_release_train_is_refused_unless_asked_for(string version)
    {
        var other = Paid.Replace("2026-07-29.dahlia", version, StringComparison.Ordinal);

        Refused(other, Signed(other));
        Assert.Equal("evt_1", EventUtility.ConstructEvent(other, Signed(other), Secret, throwOnApiVersionMismatch: false).Id);
    }

    [Fact]
    public void Another_version_of_the_same_train_is_taken() =>
        Assert.Equal("evt_1", EventUtility.ParseEvent(Paid.Replace("2026-07-29", "2026-06-30", StringComparison.Ordinal)).Id);

    [Fact]
    public void What_is_no_webhook_at_all_throws_as_the_official_client_does()
    {
        Assert.Throws<NullReferenceException>(() => EventUtility.ConstructEvent(Paid, null, Secret));
        Assert.Throws<FormatException>(() => EventUtility.ConstructEvent(Paid, Signed(Paid, time: "soon"), Secret));
        Assert.ThrowsAny<JsonException>(() => EventUtility.ConstructEvent("{", Signed("{"), Secret));
    }

    [Fact]
    public void An_object_that_the_client_does_not_know_is_null() => Assert.Null(EventUtility.ParseEvent(
        Paid.Replace("\"payment_intent\"", "\"thing_of_the_future\"", StringComparison.Ordinal)).Data.Object);

    private static void Refused(string json, string header)
    {
        var exception = Assert.Throws<StripeException>(() => EventUtility.ConstructEvent(json, header, Secret));
        Assert.Equal(0, (int)exception.HttpStatusCode);
    }

    private static string Signed(string json, int seconds = 0, string? time = null)
    {
        time ??= DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={time},v1={EventUtility.ComputeSignature(Secret, time, json)}";
    }
}
