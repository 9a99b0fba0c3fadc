namespace PaymentApp.Tests.Sandbox;

/// <summary>The calls that tests of SetupIntents make again and again.</summary>
internal static class SetupCalls
{
    /// <summary>Creates a SetupIntent for cards and confirms it, Stripe.js being there for the bank.</summary>
    public static Task<SandboxAnswer> SetUpAsync(this SandboxUnderTest sandbox, string method, params (string Name, string Value)[] more) =>
        sandbox.NewSetupAsync([("payment_method", method), ("confirm", "true"), ("use_stripe_sdk", "true"), .. more]);

    public static Task<SandboxAnswer> NewSetupAsync(this SandboxUnderTest sandbox, params (string Name, string Value)[] more) =>
        sandbox.PostAsync("/v1/setup_intents", [("allowed_payment_method_types[]", "card"), .. more]);

    public static Task<SandboxAnswer> ConfirmSetupAsync(this SandboxUnderTest sandbox, string id, params (string Name, string Value)[] form) =>
        sandbox.PostAsync($"/v1/setup_intents/{id}/confirm", form);

    public static Task<SandboxAnswer> SetupAsync(this SandboxUnderTest sandbox, string id, string query = "") =>
        sandbox.GetAsync($"/v1/setup_intents/{id}{query}");

    /// <summary>What the shopper does in the bank's modal.</summary>
    public static Task<SandboxAnswer> AnswerSetupChallengeAsync(this SandboxUnderTest sandbox, string id, string outcome) =>
        sandbox.PostAsAsync(null, $"/_sandbox/setup_intents/{id}/challenge", ("outcome", outcome));

    public static async Task<string> NewCustomerAsync(this SandboxUnderTest sandbox) =>
        (await sandbox.PostAsync("/v1/customers", ("name", "Jenny Rosen"))).Ok().Id;

    /// <summary>The types of the events so far, oldest first, without those about the customer.</summary>
    public static async Task<string[]> SetupStoryAsync(this SandboxUnderTest sandbox)
    {
        var events = (await sandbox.GetAsync("/v1/events?limit=100")).Ok().Json.GetProperty("data").EnumerateArray();
        return [.. events.Reverse().Select(one => one.GetProperty("type").GetString()!)
            .Where(type => !type.StartsWith("customer.", StringComparison.Ordinal))];
    }
}
