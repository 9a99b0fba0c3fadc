namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// <c>payment_method_types</c> and <c>allowed_payment_method_types</c>, each in the versions that have it
/// (https://docs.stripe.com/changelog/endive).
/// </summary>
public sealed class MethodTypeTests : IAsyncLifetime
{
    private const string Endive = "2026-10-28.endive";
    private const string Dahlia = "2026-07-29.dahlia";
    private const string Payments = "/v1/payment_intents";
    private const string Setups = "/v1/setup_intents";

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    public static TheoryData<string, string> VersionsWithAllowedTypes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var version in new[] { Dahlia, "2026-08-26.dahlia", "2026-08-26.preview", "2026-09-30.endive", Endive })
            {
                data.Add(version, Payments);
                data.Add(version, Setups);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(VersionsWithAllowedTypes))]
    public async Task Allowed_types_are_kept_and_what_the_account_cannot_take_is_filtered_out(string version, string path)
    {
        var intent = (await CreateAsync(version, path, Allowed("klarna", "card", "ideal", "octopus"))).Ok();

        Assert.Equal(["klarna", "card", "ideal", "octopus"], Texts(intent, "allowed_payment_method_types"));
        Assert.Equal(["card"], Texts(intent, "payment_method_types"));
        Assert.Null(intent.At("automatic_payment_methods"));
        var read = (await _sandbox.SendInAsync(version, HttpMethod.Get, $"{path}/{intent.Id}")).Ok();
        Assert.Equal(["klarna", "card", "ideal", "octopus"], Texts(read, "allowed_payment_method_types"));
    }

    [Theory]
    [MemberData(nameof(VersionsWithAllowedTypes))]
    public async Task An_update_and_a_confirm_allow_other_types(string version, string path)
    {
        var intent = (await CreateAsync(version, path)).Ok();
        Assert.Null(intent.At("allowed_payment_method_types"));

        var updated = (await _sandbox.SendInAsync(version, HttpMethod.Post, $"{path}/{intent.Id}", Allowed("card", "link"))).Ok();
        Assert.Equal(["card", "link"], Texts(updated, "allowed_payment_method_types"));
        Assert.Null(updated.At("automatic_payment_methods"));

        var confirmed = (await _sandbox.SendInAsync(version, HttpMethod.Post, $"{path}/{intent.Id}/confirm",
            [("payment_method", "pm_card_visa"), .. Allowed("card")])).Ok();
        Assert.Equal(["card"], Texts(confirmed, "allowed_payment_method_types"));
        Assert.Equal("succeeded", confirmed.State);
    }

    [Theory]
    [InlineData("2026-06-24.dahlia")]
    [InlineData("2026-03-25.dahlia")]
    [InlineData("2024-06-20")]
    public async Task Before_there_were_allowed_types_nobody_knows_them(string version)
    {
        foreach (var path in new[] { Payments, Setups })
        {
            var refused = await CreateAsync(version, path, Allowed("card"));
            AssertRefused(refused, "parameter_unknown", "allowed_payment_method_types", "Received unknown parameter: allowed_payment_method_types");

            var intent = (await CreateAsync(version, path, ("payment_method_types[]", "card"))).Ok();
            Assert.False(intent.Has("allowed_payment_method_types"));
            Assert.Equal(["card"], Texts(intent, "payment_method_types"));
        }
    }

    [Theory]
    [InlineData("2026-08-26.preview")]
    [InlineData("2026-09-30.endive")]
    [InlineData(Endive)]
    [InlineData("2026-10-28.preview")]
    [InlineData("2027-01-27.fennel")]
    public async Task Types_can_no_longer_be_demanded(string version)
    {
        var demanded = ("payment_method_types[]", "card");
        foreach (var path in new[] { Payments, Setups })
        {
            var intent = (await CreateAsync(version, path)).Ok();
            Assert.Equal(["card"], Texts(intent, "payment_method_types"));

            foreach (var action in new[] { path, $"{path}/{intent.Id}" })
            {
                var form = action == Payments ? Amount : [];
                AssertNoLonger(await _sandbox.SendInAsync(version, HttpMethod.Post, action, [.. form, demanded]));
            }
        }

        var payment = (await CreateAsync(version, Payments)).Ok();
        AssertNoLonger(await _sandbox.SendInAsync(version, HttpMethod.Post, $"{Payments}/{payment.Id}/confirm", demanded));

        static void AssertNoLonger(SandboxAnswer refused) =>
            AssertRefused(refused, "payment_method_types_no_longer_supported", "payment_method_types", null);
    }

    [Theory]
    [InlineData("payment_method_types[]", "card", Dahlia)]
    [InlineData("excluded_payment_method_types[]", "klarna", Dahlia)]
    [InlineData("excluded_payment_method_types[]", "klarna", Endive)]
    [InlineData("automatic_payment_methods[enabled]", "true", Dahlia)]
    [InlineData("automatic_payment_methods[enabled]", "false", Endive)]
    [InlineData("payment_method_configuration", "pmc_1", Dahlia)]
    [InlineData("payment_method_configuration", "pmc_1", Endive)]
    public async Task Allowed_types_stand_alone(string name, string value, string version)
    {
        foreach (var path in new[] { Payments, Setups })
        {
            var refused = await CreateAsync(version, path, [.. Allowed("card"), (name, value)]);
            var other = name.Split('[')[0];
            AssertRefused(refused, null, "allowed_payment_method_types",
                $"You may only specify one of these parameters: allowed_payment_method_types, {other}.");
        }
    }

    [Fact]
    public async Task Types_that_leave_nothing_to_pay_with_or_that_nobody_knows_are_refused()
    {
        foreach (var path in new[] { Payments, Setups })
        {
            AssertRefused(await CreateAsync(Endive, path, Allowed("klarna", "ideal")), null, "allowed_payment_method_types", null);
            AssertRefused(await CreateAsync(Endive, path, Allowed("card", "barter")), null, "allowed_payment_method_types[1]", null);
        }
    }

    [Theory]
    [InlineData(Dahlia, "payment_method_types[]")]
    [InlineData(Endive, "allowed_payment_method_types[]")]
    public async Task The_guides_flow_runs_in_both_dialects(string version, string types)
    {
        (string, string)[] guide =
        [
            .. Amount, ("confirm", "true"), ("confirmation_method", "manual"), (types, "card"), ("use_stripe_sdk", "true"),
            ("payment_method", "pm_card_authenticationRequired"),
        ];
        var asked = (await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, guide)).Ok();
        Assert.Equal("requires_action", asked.State);
        await _sandbox.AnswerChallengeAsync(asked.Id, "succeed");
        Assert.Equal("succeeded", (await _sandbox.SendInAsync(version, HttpMethod.Post, $"{Payments}/{asked.Id}/confirm")).Ok().State);

        var basic = await _sandbox.SendInAsync(version, HttpMethod.Post, Payments, [.. guide, ("error_on_requires_action", "true")]);
        Assert.Equal((402, "authentication_not_handled"), (basic.Status, basic.At("error.decline_code")));
    }

    [Fact]
    public async Task A_setup_forgets_its_allowed_types_when_they_are_cleared()
    {
        var setup = (await CreateAsync(Endive, Setups, Allowed("card", "link"))).Ok();

        var cleared = (await _sandbox.PostAsync($"{Setups}/{setup.Id}", ("allowed_payment_method_types", ""))).Ok();

        Assert.Null(cleared.At("allowed_payment_method_types"));
        Assert.Equal(["card"], Texts(cleared, "payment_method_types"));
    }

    private static (string, string)[] Amount => [("amount", "1999"), ("currency", "usd")];

    private static (string, string)[] Allowed(params string[] types) => [.. types.Select(type => ("allowed_payment_method_types[]", type))];

    private Task<SandboxAnswer> CreateAsync(string version, string path, params (string, string)[] form) =>
        _sandbox.SendInAsync(version, HttpMethod.Post, path, path == Payments ? [.. Amount, .. form] : form);

    private static void AssertRefused(SandboxAnswer refused, string? code, string param, string? message)
    {
        Assert.Equal((400, param), (refused.Status, refused.At("error.param")));
        Assert.Equal(code, refused.Has("error.code") ? refused.At("error.code") : null);
        if (message is not null)
            Assert.Equal(message, refused.At("error.message"));
    }

    private static IEnumerable<string?> Texts(SandboxAnswer answer, string name) =>
        answer.Json.GetProperty(name).EnumerateArray().Select(text => text.GetString());
}
