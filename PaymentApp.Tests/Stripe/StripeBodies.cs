using System.Text.Json.Nodes;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Stripe;

/// <summary>Bodies as Stripe writes them: https://docs.stripe.com/api/payment_intents/object, https://docs.stripe.com/api/errors.</summary>
internal static class StripeBodies
{
    public const string ClientSecret = "pi_3Test_secret_AbCdEf";

    public static OrderId Order { get; } = OrderId.Parse("0123456789abcdef0123456789abcdef");

    public static PaymentIntentId IntentId { get; } = PaymentIntentId.Parse("pi_3Test");

    public static NewIntent NewIntent(
        AuthenticationMode authentication = AuthenticationMode.Handle, Money? amount = null, string number = "AB23-CD456") =>
        new(new PayableOrder(Order, number, amount ?? new Money(4900, Currency.Usd)), PaymentMethodId.Parse("pm_1"), authentication);

    /// <summary>An intent in a status; <paramref name="change"/> makes it differ from an ordinary one.</summary>
    public static string Intent(string status, Action<JsonObject>? change = null) => IntentNode(status, change).ToJsonString();

    public static string Error(string type, string? code, string? declineCode = null, string? param = null, JsonNode? intent = null) =>
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = type,
                ["code"] = code,
                ["decline_code"] = declineCode,
                ["param"] = param,
                ["message"] = $"Something about {ClientSecret}.",
                ["doc_url"] = "https://stripe.com/docs/error-codes",
                ["charge"] = intent is null ? null : "ch_1",
                ["payment_intent"] = intent,
                ["request_log_url"] = "https://dashboard.stripe.com/test/logs/req_1",
            },
        }.ToJsonString();

    public static JsonObject IntentNode(string status, Action<JsonObject>? change = null)
    {
        var intent = new JsonObject
        {
            ["id"] = "pi_3Test",
            ["object"] = "payment_intent",
            ["amount"] = 4900,
            ["amount_capturable"] = 0,
            ["amount_received"] = status is "succeeded" ? 4900 : 0,
            ["canceled_at"] = null,
            ["cancellation_reason"] = null,
            ["capture_method"] = "automatic_async",
            ["client_secret"] = ClientSecret,
            ["confirmation_method"] = "manual",
            ["created"] = 1_780_000_000,
            ["currency"] = "usd",
            ["customer"] = null,
            ["description"] = "Order AB23-CD456",
            ["last_payment_error"] = null,
            ["latest_charge"] = null,
            ["livemode"] = false,
            ["metadata"] = new JsonObject { ["order_id"] = Order.Value, ["order_number"] = "AB23-CD456" },
            ["next_action"] = status is "requires_action" ? new JsonObject { ["type"] = "use_stripe_sdk" } : null,
            ["payment_method"] = "pm_1",
            ["payment_method_types"] = new JsonArray("card"),
            ["receipt_email"] = null,
            ["status"] = status,
        };
        change?.Invoke(intent);
        return intent;
    }

    public static JsonObject Charge(string brand = "visa", string last4 = "4242") => new()
    {
        ["id"] = "ch_1",
        ["object"] = "charge",
        ["amount"] = 4900,
        ["paid"] = true,
        ["payment_intent"] = "pi_3Test",
        ["payment_method_details"] = new JsonObject
        {
            ["type"] = "card",
            ["card"] = new JsonObject { ["brand"] = brand, ["last4"] = last4, ["funding"] = "credit", ["exp_month"] = 8, ["exp_year"] = 2031 },
        },
        ["status"] = "succeeded",
    };

    public static JsonObject LastError(string code, string? declineCode = null) => new()
    {
        ["type"] = "card_error",
        ["code"] = code,
        ["decline_code"] = declineCode,
        ["message"] = "Your card was declined.",
        ["payment_method"] = new JsonObject { ["id"] = "pm_1", ["object"] = "payment_method" },
    };

}
