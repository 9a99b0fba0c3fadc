using System.Net.Http.Json;
using System.Text.Json;
using StripeSandbox.Control;
using StripeSandbox.Faults;
using StripeSandbox.Time;

namespace StripeSandbox;

/// <content>What a test does that no client of Stripe's can.</content>
public sealed partial class SandboxServer
{
    /// <summary>The address as an official client takes it: <c>new StripeClientOptions { ApiBase = sandbox.ApiBase }</c>.</summary>
    public string ApiBase => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Its time, which moves on when told to.</summary>
    public SandboxTime Clock => _app.Services.GetRequiredService<SandboxTime>();

    /// <summary>Passes the bank's challenge in the shopper's place, without a browser.</summary>
    /// <param name="intent">A PaymentIntent or SetupIntent in <c>requires_action</c>, by its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">There is no such intent, or its bank asks nothing.</exception>
    public Task CompleteChallengeAsync(string intent, CancellationToken cancellationToken = default) =>
        AnswerChallengeAsync(intent, "succeed", cancellationToken);

    /// <summary>Fails the bank's challenge in the shopper's place: the intent goes back to <c>requires_payment_method</c>.</summary>
    /// <inheritdoc cref="CompleteChallengeAsync"/>
    public Task FailChallengeAsync(string intent, CancellationToken cancellationToken = default) =>
        AnswerChallengeAsync(intent, "fail", cancellationToken);

    /// <summary>Has the next requests go wrong.</summary>
    /// <param name="kind">How.</param>
    /// <param name="route">Which: a method and a path such as <c>POST /v1/payment_intents/{id}/confirm</c>, a path, or <c>*</c> for all.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="latency">How long the delays take; a second when null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task FailNextAsync(
        FaultKind kind, string route = FaultBox.EveryRoute, int count = 1, TimeSpan? latency = null, CancellationToken cancellationToken = default) =>
        ControlAsync(
            "faults",
            cancellationToken,
            ("kind", kind.Wire()), ("route", route), ("count", $"{count}"), ("latency_ms", $"{(long)(latency ?? TimeSpan.FromSeconds(1)).TotalMilliseconds}"));

    /// <summary>Forgets everything but the keys and the address of <see cref="SendWebhooksTo"/>: a fresh start between two tests.</summary>
    public Task ResetAsync(CancellationToken cancellationToken = default) => ControlAsync("reset", cancellationToken);

    private Task AnswerChallengeAsync(string intent, string outcome, CancellationToken cancellationToken)
    {
        var kind = intent.StartsWith("seti_", StringComparison.Ordinal) ? "setup_intents" : "payment_intents";
        return ControlAsync($"{kind}/{Uri.EscapeDataString(intent)}/challenge", cancellationToken, ("outcome", outcome));
    }

    private async Task ControlAsync(string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _control.PostAsync(new Uri(Address, ControlRoutes.Prefix + path), form, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return;
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        throw new InvalidOperationException(body.GetProperty("error").GetProperty("message").GetString());
    }
}
