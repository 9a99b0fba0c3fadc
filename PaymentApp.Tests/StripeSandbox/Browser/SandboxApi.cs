using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentApp.Tests.StripeSandbox.Browser;

/// <summary>What a shop's server does with the secret key, as far as these tests need it.</summary>
internal sealed class SandboxApi(Uri sandbox)
{
    private static readonly HttpClient Client = new()
    {
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_sandbox") },
    };

    /// <summary>Creates and confirms a PaymentIntent the way the guide does; by default it then waits for the bank.</summary>
    public Task<JsonElement> CreateIntentAsync(string paymentMethod = "pm_card_threeDSecure2Required", params (string Name, string Value)[] more) =>
        PostAsync("/v1/payment_intents",
        [
            ("amount", "1999"), ("currency", "usd"), ("payment_method_types[]", "card"), ("payment_method", paymentMethod), ("confirm", "true"),
            ("confirmation_method", "manual"), ("use_stripe_sdk", "true"), ("description", "A blue teapot"), .. more,
        ]);

    /// <summary>Creates and confirms a PaymentIntent, and gives Stripe's answer whatever it is, as a shop's own endpoint would.</summary>
    public async Task<JsonElement> PayAsync(string paymentMethod)
    {
        using var form = FormOf(
        [
            ("amount", "1999"), ("currency", "usd"), ("allowed_payment_method_types[]", "card"), ("payment_method", paymentMethod),
            ("confirm", "true"), ("confirmation_method", "manual"), ("use_stripe_sdk", "true"), ("_stripe_version", "2026-10-28.endive"),
        ]);
        using var response = await Client.PostAsync(new Uri(sandbox, "/v1/payment_intents"), form);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Creates a PaymentIntent that the browser is to confirm.</summary>
    public Task<JsonElement> CreateUnconfirmedIntentAsync() =>
        PostAsync("/v1/payment_intents", [("amount", "1999"), ("currency", "usd"), ("payment_method_types[]", "card")]);

    /// <summary>Asks for a PaymentMethod of these card details as the card's frame does, and gives the message of the refusal.</summary>
    public async Task<string?> RefusedCardAsync(params (string Name, string Value)[] card)
    {
        using var form = FormOf([("type", "card"), .. card]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sandbox, "/v1/payment_methods")) { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "pk_test_sandbox");
        using var response = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("message").GetString();
    }

    /// <summary>Creates a SetupIntent that the browser is to confirm.</summary>
    public Task<JsonElement> CreateSetupAsync() => PostAsync("/v1/setup_intents", [("payment_method_types[]", "card")]);

    public async Task<JsonElement> SetupAsync(JsonElement setup)
    {
        using var response = await Client.GetAsync(new Uri(sandbox, $"/v1/setup_intents/{setup.GetProperty("id").GetString()}"));
        return await ReadAsync(response);
    }

    public Task<JsonElement> ConfirmIntentAsync(string id) => PostAsync($"/v1/payment_intents/{id}/confirm", []);

    public async Task<string?> StatusAsync(string id)
    {
        using var response = await Client.GetAsync(new Uri(sandbox, $"/v1/payment_intents/{id}"));
        return (await ReadAsync(response)).GetProperty("status").GetString();
    }

    private async Task<JsonElement> PostAsync(string path, IEnumerable<(string Name, string Value)> parameters)
    {
        using var form = FormOf(parameters);
        using var response = await Client.PostAsync(new Uri(sandbox, path), form);
        return await ReadAsync(response);
    }

    private static FormUrlEncodedContent FormOf(IEnumerable<(string Name, string Value)> parameters) =>
        new(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
