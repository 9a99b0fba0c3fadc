using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PaymentApp.Stripe;

namespace PaymentApp.Tests.Stripe;

public sealed class StripeOptionsTests
{
    private static readonly Uri Sandbox = new("http://127.0.0.1:12111");
    private static readonly Uri SandboxJs = new("http://127.0.0.1:12111/v3/");

    [Theory]
    [InlineData("Development", "sk_test_1", "pk_test_1")]
    [InlineData("Development", "rk_test_1", "pk_test_1")]
    [InlineData("Development", null, null)]
    [InlineData("Development", "", " ")]
    [InlineData("Staging", "sk_test_1", "pk_test_1")]
    [InlineData("Production", "sk_live_1", "pk_live_1")]
    [InlineData("Production", "rk_live_1", "pk_live_1")]
    [InlineData("Production", "sk_test_1", "pk_test_1")]
    public void Keys_of_one_mode_in_their_place_are_taken(string environment, string? secret, string? publishable) =>
        Assert.Empty(Problems(environment, new StripeOptions { SecretKey = secret, PublishableKey = publishable }));

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Test")]
    public void Outside_Development_missing_keys_stop_the_start_and_say_how_to_set_them(string environment)
    {
        var problems = Problems(environment, new StripeOptions());

        Assert.Collection(
            problems,
            secret => Assert.StartsWith("Stripe:SecretKey is missing.", secret, StringComparison.Ordinal),
            publishable => Assert.StartsWith("Stripe:PublishableKey is missing.", publishable, StringComparison.Ordinal));
        Assert.All(problems, problem =>
        {
            Assert.Contains("dotnet user-secrets set Stripe:", problem, StringComparison.Ordinal);
            Assert.Contains("Stripe__", problem, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("sk_test_1", null, "Stripe:PublishableKey is missing")]
    [InlineData(null, "pk_test_1", "Stripe:SecretKey is missing")]
    [InlineData("sk_test_1", " ", "Stripe:PublishableKey is missing")]
    [InlineData("pk_test_1", "pk_test_1", "Stripe:SecretKey is not a secret key")]
    [InlineData("pk_test_1", "sk_test_1", "Stripe:PublishableKey is not a publishable key")]
    [InlineData("whsec_1", "pk_test_1", "Stripe:SecretKey is not a secret key")]
    [InlineData("sk_1", "pk_test_1", "Stripe:SecretKey is not a secret key")]
    [InlineData("sk_test_1\n", "pk_test_1", "Stripe:SecretKey holds characters that no key has")]
    [InlineData("sk_test_1", " pk_test_1", "Stripe:PublishableKey holds characters that no key has")]
    [InlineData("sk_test_…", "pk_test_…", "Stripe:SecretKey holds characters that no key has")]
    [InlineData("sk_live_1", "pk_test_1", "of different modes")]
    [InlineData("sk_test_1", "pk_live_1", "of different modes")]
    public void Half_set_swapped_and_mixed_keys_stop_the_start_everywhere(string? secret, string? publishable, string problem)
    {
        foreach (var environment in new[] { "Development", "Staging", "Production" })
            Assert.Contains(
                Problems(environment, new StripeOptions { SecretKey = secret, PublishableKey = publishable }),
                found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Staging")]
    public void Live_keys_are_refused_outside_Production(string environment) => Assert.Contains(
        Problems(environment, new StripeOptions { SecretKey = "sk_live_1", PublishableKey = "pk_live_1" }),
        problem => problem.StartsWith($"Live Stripe keys are refused in {environment}", StringComparison.Ordinal));

    [Fact]
    public void A_message_never_repeats_a_key() => Assert.DoesNotContain(
        Problems("Development", new StripeOptions { SecretKey = "pk_live_verysecret", PublishableKey = "sk_live_verysecret" }),
        problem => problem.Contains("verysecret", StringComparison.Ordinal));

    [Theory]
    [InlineData("Development")]
    [InlineData("Staging")]
    public void Test_keys_may_go_to_a_sandbox_of_its_own(string environment) =>
        Assert.Empty(Problems(environment, TestKeys(Sandbox, SandboxJs)));

    [Fact]
    public void A_sandbox_is_refused_in_Production()
    {
        Assert.Contains(Problems("Production", TestKeys(Sandbox, SandboxJs)), problem => problem.Contains("Production", StringComparison.Ordinal));
        Assert.Contains(Problems("Production", LiveKeys(Sandbox, SandboxJs)), problem => problem.Contains("live keys", StringComparison.Ordinal));
    }

    [Fact]
    public void Live_cards_are_typed_into_Stripes_own_script_only()
    {
        var problem = Assert.Single(Problems("Production", LiveKeys(apiBase: null, new Uri("https://cards.example/stripe.js"))));

        Assert.StartsWith("Stripe:StripeJsUrl", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_and_the_API_belong_to_one_Stripe()
    {
        Assert.Single(Problems("Development", TestKeys(Sandbox, stripeJs: null)));
        Assert.Single(Problems("Development", TestKeys(apiBase: null, SandboxJs)));
    }

    [Fact]
    public void The_embedded_sandbox_serves_its_own_script() =>
        Assert.Single(Problems("Development", new StripeOptions { StripeJsUrl = SandboxJs }));

    [Fact]
    public void An_API_of_its_own_wants_keys_of_its_own_in_Development_too() =>
        Assert.Equal(2, Problems("Development", new StripeOptions { ApiBase = Sandbox, StripeJsUrl = SandboxJs }).Count);

    [Theory]
    [InlineData("/v1")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_that_is_none_stops_the_start(string address)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);

        Assert.Contains(Problems("Development", TestKeys(uri, SandboxJs)), problem => problem.StartsWith("Stripe:ApiBase", StringComparison.Ordinal));
        Assert.Contains(Problems("Development", TestKeys(Sandbox, uri)), problem => problem.StartsWith("Stripe:StripeJsUrl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2022-11-15")]
    [InlineData("2024-06-20")]
    [InlineData("2026-08-26.dahlia")]
    [InlineData("2026-09-30.endive")]
    [InlineData("2026-10-28.endive")]
    public void A_version_that_Stripe_net_reads_is_taken(string? version) => Assert.Empty(OfVersion(version));

    [Theory]
    [InlineData("dahlia", "is not a version")]
    [InlineData("2026-08-26.", "is not a version")]
    [InlineData("2026-08-26.Dahlia", "is not a version")]
    [InlineData("2026-08-26.dahlia\r\nStripe-Account: acct_1", "is not a version")]
    [InlineData(" 2026-08-26.dahlia", "is not a version")]
    [InlineData("2026-02-30.dahlia", "is not a version")]
    [InlineData("26.08.2026", "is not a version")]
    [InlineData("2026-08-26.preview", "names a preview")]
    [InlineData("2022-08-01", "is before 2022-11-15")]
    [InlineData("2027-03-31.fennel", "is later than 2026-10-28.endive")]
    public void A_version_that_cannot_be_spoken_stops_the_start_and_says_what_can(string version, string problem)
    {
        var found = Assert.Single(OfVersion(version));

        Assert.StartsWith("Stripe:ApiVersion " + problem, found, StringComparison.Ordinal);
        Assert.EndsWith("Name one such as 2026-08-26.dahlia, or leave it unset for Stripe.net's own, 2026-10-28.endive.", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_request_needs_time_to_be_answered(int seconds)
    {
        var options = TestKeys(Sandbox, SandboxJs);
        options.Timeout = TimeSpan.FromSeconds(seconds);

        Assert.StartsWith("Stripe:Timeout", Assert.Single(Problems("Development", options)), StringComparison.Ordinal);
    }

    private static List<string> OfVersion(string? version)
    {
        var options = TestKeys(Sandbox, SandboxJs);
        options.ApiVersion = version;
        return Problems("Development", options);
    }

    private static StripeOptions TestKeys(Uri? apiBase, Uri? stripeJs) => Options("test", apiBase, stripeJs);

    private static StripeOptions LiveKeys(Uri? apiBase, Uri? stripeJs) => Options("live", apiBase, stripeJs);

    private static StripeOptions Options(string mode, Uri? apiBase, Uri? stripeJs)
    {
        return new StripeOptions
        {
            SecretKey = $"sk_{mode}_1",
            PublishableKey = $"pk_{mode}_1",
            ApiBase = apiBase,
            StripeJsUrl = stripeJs,
        };
    }

    private static List<string> Problems(string environment, StripeOptions options) =>
        [.. new StripeOptionsValidator(new Place(environment)).Validate(null, options).Failures ?? []];

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "shop";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
