using System.Collections.Concurrent;
using StripeSandbox;
using StripeSandbox.Faults;

namespace PaymentApp.Tests.Sandbox;

/// <summary>The sandbox in somebody's test: what its public surface does beyond what a client of Stripe's can.</summary>
public sealed class SandboxServerTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Started_without_options_each_has_a_port_of_its_own_and_forgets()
    {
        await using var one = await SandboxServer.StartAsync();
        await using var other = await SandboxServer.StartAsync();

        Assert.NotEqual(one.Address, other.Address);
        Assert.Equal(one.Address, new Uri(one.ApiBase));
        Assert.False(one.ApiBase.EndsWith('/'));
    }

    /// <summary>
    /// A shop starts it from its own start-up. What flows from there with the caller (an activity, or the listener by which
    /// <c>WebApplicationFactory</c> configures the hosts that a program builds) is the shop's, and would reach the sandbox's host too.
    /// </summary>
    [Fact]
    public async Task It_starts_with_nothing_of_the_callers_context()
    {
        var callers = new AsyncLocal<bool> { Value = true };
        var seen = new ConcurrentBag<bool>();

        await using var sandbox = await SandboxServer.StartAsync(logging: _ => seen.Add(callers.Value));

        Assert.False(Assert.Single(seen));
        Assert.True(callers.Value);
    }

    [Fact]
    public async Task Challenges_are_answered_for_payments_and_setups()
    {
        var failed = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var passed = (await _sandbox.PayAsync("pm_card_authenticationRequired")).Ok();
        var setup = (await _sandbox.PostAsync(
            "/v1/setup_intents", ("confirm", "true"), ("allowed_payment_method_types[]", "card"), ("use_stripe_sdk", "true"), ("payment_method", "pm_card_authenticationRequiredOnSetup"),
            ("_stripe_version", "2026-10-28.endive"))).Ok();

        await _sandbox.Server.FailChallengeAsync(failed.Id);
        await _sandbox.Server.CompleteChallengeAsync(passed.Id);
        await _sandbox.Server.CompleteChallengeAsync(setup.Id);

        Assert.Equal("requires_payment_method", (await _sandbox.GetAsync($"/v1/payment_intents/{failed.Id}")).State);
        Assert.Equal("requires_confirmation", (await _sandbox.GetAsync($"/v1/payment_intents/{passed.Id}")).State);
        Assert.Equal("succeeded", (await _sandbox.GetAsync($"/v1/setup_intents/{setup.Id}")).State);
        var again = await Assert.ThrowsAsync<InvalidOperationException>(() => _sandbox.Server.CompleteChallengeAsync(passed.Id));
        Assert.Contains("is over", again.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => _sandbox.Server.CompleteChallengeAsync("pi_../../reset"));
        Assert.Contains("No such", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_clock_moves_on_stops_and_runs_again()
    {
        var held = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        var start = _sandbox.Server.Clock.Now;

        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(start + TimeSpan.FromDays(8), _sandbox.Server.Clock.Now);
        Assert.Equal("canceled", (await _sandbox.GetAsync($"/v1/payment_intents/{held.Id}")).State);
        Assert.Throws<ArgumentOutOfRangeException>(() => _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(-1)));
        _sandbox.Server.Clock.Freeze();
        _sandbox.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(start + TimeSpan.FromDays(8), _sandbox.Server.Clock.Now);
        _sandbox.Server.Clock.Resume();
        _sandbox.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(start + TimeSpan.FromDays(8) + TimeSpan.FromHours(1), _sandbox.Server.Clock.Now);
    }

    [Theory]
    [InlineData(FaultKind.ErrorBefore, 500)]
    [InlineData(FaultKind.ErrorAfter, 500)]
    [InlineData(FaultKind.Conflict, 409)]
    [InlineData(FaultKind.RateLimit, 429)]
    public async Task The_next_requests_fail_and_then_no_more(FaultKind kind, int status)
    {
        await _sandbox.Server.FailNextAsync(kind, "GET /v1/events", count: 2);

        Assert.Equal(200, (await _sandbox.GetAsync("/v1/charges")).Status);
        Assert.Equal(status, (await _sandbox.GetAsync("/v1/events")).Status);
        Assert.Equal(status, (await _sandbox.GetAsync("/v1/events")).Status);
        Assert.Equal(200, (await _sandbox.GetAsync("/v1/events")).Status);
    }

    [Fact]
    public async Task A_reset_forgets_what_was_paid_and_armed()
    {
        await _sandbox.PayAsync("pm_card_visa");
        await _sandbox.Server.FailNextAsync(FaultKind.ErrorBefore);

        await _sandbox.Server.ResetAsync();

        Assert.Equal(0, (await _sandbox.GetAsync("/v1/charges")).Ok().Json.GetProperty("data").GetArrayLength());
    }
}
