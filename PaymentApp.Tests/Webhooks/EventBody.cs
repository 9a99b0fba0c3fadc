namespace PaymentApp.Tests.Webhooks;

/// <summary>Events as Stripe writes them, about objects that nobody has.</summary>
internal static class EventBody
{
    private static int _last;

    public static string NewId() => $"evt_made_{Interlocked.Increment(ref _last)}";

    public static string Of(
        string id,
        string type = "payment_intent.succeeded",
        string about = """{"id":"pi_unknown","object":"payment_intent","amount":4900}""",
        string live = "false",
        string version = "2026-07-29.dahlia") =>
        $$$"""{"id":"{{{id}}}","object":"event","api_version":"{{{version}}}","livemode":{{{live}}},"type":"{{{type}}}","data":{"object":{{{about}}} } }""";
}
