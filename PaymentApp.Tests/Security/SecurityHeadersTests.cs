using PaymentApp.Security;

namespace PaymentApp.Tests.Security;

public sealed class SecurityHeadersTests
{
    private static readonly Uri Stripe = new("https://js.stripe.com/dahlia/stripe.js");
    private static readonly Uri Sandbox = new("http://127.0.0.1:12111/dahlia/stripe.js");

    [Fact]
    public void The_page_takes_scripts_frames_and_calls_from_itself_and_Stripe_alone()
    {
        var policy = Policy(Stripe);

        Assert.Equal(["'self'", "https://js.stripe.com", "https://*.js.stripe.com"], policy["script-src"]);
        Assert.Equal(["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"], policy["frame-src"]);
        Assert.Equal(["'self'", "https://api.stripe.com"], policy["connect-src"]);
    }

    [Fact]
    public void With_a_sandbox_its_origin_takes_the_place_of_all_of_Stripes()
    {
        var policy = Policy(Sandbox);

        Assert.Equal(["'self'", "http://127.0.0.1:12111"], policy["script-src"]);
        Assert.Equal(["http://127.0.0.1:12111"], policy["frame-src"]);
        Assert.Equal(["'self'"], policy["connect-src"]);
        Assert.DoesNotContain("stripe.com", SecurityHeaders.Policy(Sandbox), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://js.stripe.com.evil.example/stripe.js", "https://js.stripe.com.evil.example")]
    [InlineData("https://evil.example/js.stripe.com", "https://evil.example")]
    [InlineData("http://[::1]:12111/v3/", "http://[::1]:12111")]
    public void An_address_that_only_looks_like_Stripes_gets_its_own_origin(string script, string origin) =>
        Assert.Equal(["'self'", origin], Policy(new Uri(script))["script-src"]);

    [Fact]
    public void Nothing_runs_that_is_written_into_the_page_and_nobody_frames_it()
    {
        foreach (var script in new[] { Stripe, Sandbox })
        {
            var policy = Policy(script);

            Assert.Equal(["'self'"], policy["default-src"]);
            Assert.Equal(["'none'"], policy["frame-ancestors"]);
            Assert.Equal(["'none'"], policy["object-src"]);
            Assert.Equal(["'self'"], policy["base-uri"]);
            Assert.Equal(["'self'"], policy["form-action"]);
            Assert.DoesNotContain("unsafe", SecurityHeaders.Policy(script), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_directive_is_given_twice_and_the_policy_fits_a_header()
    {
        var policy = SecurityHeaders.Policy(Stripe);

        Assert.Equal(policy.Split("; ").Length, Policy(Stripe).Count);
        Assert.DoesNotContain(policy, char.IsControl);
    }

    private static Dictionary<string, string[]> Policy(Uri script) => SecurityHeaders.Policy(script)
        .Split("; ").Select(directive => directive.Split(' '))
        .GroupBy(parts => parts[0]).ToDictionary(same => same.Key, same => same.First()[1..]);
}
