using System.Text.Json;
using System.Text.Json.Nodes;
using StripeSandbox.Books;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The suite finds a broken object wherever it stands in an answer, and whoever asked for it.</summary>
public sealed class AnswerWatchTests
{
    [OpenApiTheory]
    [InlineData("/v1/payment_intents/{0}", "payment_intent.cancellation_reason")]
    [InlineData("/v1/payment_intents?limit=1", "list[].cancellation_reason")]
    [InlineData("/v1/charges?expand[]=data.payment_intent", "list[].payment_intent.cancellation_reason")]
    public async Task A_broken_object_turns_the_answer_into_an_error_that_names_it(string path, string expected)
    {
        var sandbox = await SandboxUnderTest.StartAsync();
        var intent = (await sandbox.PayAsync("pm_card_visa")).Ok().Id;
        Change<PaymentIntent>(sandbox, intent, paid => paid with { CancellationReason = "because" });

        var answer = await sandbox.GetAsync(string.Format(null, path, intent));

        Assert.Equal(500, answer.Status);
        Assert.Contains($"{expected} is 'because'", answer.Text("error.message"), StringComparison.Ordinal);
        Assert.Equal("false", answer.Header("Stripe-Should-Retry"));
        var told = await Assert.ThrowsAsync<WrongAnswerException>(async () => await sandbox.DisposeAsync());
        Assert.Contains(expected, told.Message, StringComparison.Ordinal);
    }

    [OpenApiFact]
    public async Task The_object_of_an_event_is_looked_at_as_well()
    {
        var sandbox = await SandboxUnderTest.StartAsync();
        await sandbox.PayAsync("pm_card_visa");
        var happened = (await sandbox.GetAsync("/v1/events?type=charge.succeeded")).Ok().Json.GetProperty("data")[0].GetProperty("id").GetString()!;
        Change<Event>(sandbox, happened, charged => charged with { Object = (Charge)charged.Object with { Currency = null! } });

        var answer = await sandbox.GetAsync($"/v1/events/{happened}");

        Assert.Contains("event.data.object.currency is null", answer.Text("error.message"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WrongAnswerException>(async () => await sandbox.DisposeAsync());
    }

    [OpenApiFact]
    public async Task An_error_is_held_to_its_shape_too()
    {
        var sandbox = await SandboxUnderTest.StartAsync();
        var intent = (await sandbox.PayAsync("pm_card_visa")).Ok().Id;
        Change<PaymentIntent>(sandbox, intent, paid => paid with { CancellationReason = "because" });

        var refused = await sandbox.ConfirmAsync(intent);

        Assert.Contains("error.error.payment_intent.cancellation_reason is 'because'", refused.Text("error.message"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WrongAnswerException>(async () => await sandbox.DisposeAsync());
    }

    [OpenApiTheory]
    [InlineData("status", null, "is missing")]
    [InlineData("amount", "\"1999\"", "is String, not integer")]
    [InlineData("payment_method_types", "[1]", "[] is Number, not string")]
    [InlineData("next_action", "{}", "type is missing")]
    [InlineData("latest_charge", "{\"object\":\"charge\"}", "latest_charge.amount is missing")]
    [InlineData("surprise", "1", "surprise is unknown")]
    public async Task Whatever_else_is_wrong_with_an_object_is_named(string property, string? value, string expected)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var intent = JsonNode.Parse((await sandbox.PayAsync("pm_card_visa")).Ok().Body)!.AsObject();
        intent.Remove(property);
        if (value is not null)
            intent[property] = JsonNode.Parse(value);

        Assert.Contains(OpenApiSubset.ProblemsOf(JsonElement.Parse(intent.ToJsonString())), problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_a_fault_spoils_on_purpose_is_let_through()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await sandbox.PostAsAsync(null, "/_sandbox/faults", ("kind", "wrong_types"), ("count", "1"));

        var answer = await sandbox.PayAsync("pm_card_visa");

        Assert.Equal(200, answer.Status);
        Assert.Equal("a text", answer.Text("amount"));
    }

    private static void Change<T>(SandboxUnderTest sandbox, string id, Func<T, T> change)
        where T : StripeObject
    {
        using var unit = new UnitOfWork(sandbox.Server.Books, sandbox.Clock.GetUtcNow(), null, null);
        unit.Put(change(unit.Claim<T>(id)!));
        unit.Commit();
    }
}

/// <summary>A test that needs Stripe's description, which lies beside the repository or nowhere.</summary>
public sealed class OpenApiFactAttribute : FactAttribute
{
    public const string WhyNot = "Stripe's OpenAPI description does not lie beside the repository.";

    public OpenApiFactAttribute()
    {
        if (!OpenApiSubset.IsPresent)
            Skip = WhyNot;
    }
}

/// <inheritdoc cref="OpenApiFactAttribute"/>
public sealed class OpenApiTheoryAttribute : TheoryAttribute
{
    public OpenApiTheoryAttribute()
    {
        if (!OpenApiSubset.IsPresent)
            Skip = OpenApiFactAttribute.WhyNot;
    }
}
