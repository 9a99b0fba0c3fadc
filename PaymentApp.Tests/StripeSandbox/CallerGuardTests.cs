using System.Net.Http.Headers;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Who may call with a secret key, and who with a publishable one.</summary>
public sealed class CallerGuardTests : IAsyncLifetime
{
    private SandboxUnderTest _sandbox = null!;

    public static TheoryData<string> Foreign =>
    [
        "Origin: https://evil.example", "Origin: null", "Origin: http://localhost:5080", "Origin: http://127.0.0.1", "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site", "Host: evil.example", "Host: 127.0.0.1.evil.example", "Host: localhost.evil.example:12111",
        "X-Forwarded-Host: evil.example", "X-Forwarded-Host: localhost, evil.example",
    ];

    public static TheoryData<string> Known =>
    [
        "Host: localhost", "Host: localhost:12111", "Host: 127.0.0.1", "Host: [::1]:12111", "Host: 192.168.1.20:12111", "Host: sandbox:12111",
        "Host: shop.localhost", "Host: host.docker.internal", "Host: stripe.test.example", "Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin",
    ];

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync(options => options.AllowedHosts.Add("stripe.test.example"));

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_secret_key_from_elsewhere_reads_and_changes_nothing(string header)
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa", ("capture_method", "manual"))).Ok();
        var before = _sandbox.Server.Books.Everything().Count();

        foreach (var (method, path) in new[]
                 {
                     ("GET", "/v1/payment_intents"), ("GET", $"/v1/payment_intents/{intent.Id}"),
                     ("POST", "/v1/payment_intents?_stripe_version=2026-10-28.endive&amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa&allowed_payment_method_types[]=card"),
                     ("POST", $"/v1/payment_intents/{intent.Id}/capture"), ("POST", $"/v1/refunds?payment_intent={intent.Id}"),
                     ("POST", "/v1/webhook_endpoints?url=https://evil.example&enabled_events[]=*"), ("GET", "/v1/events"),
                     ("POST", "/v1/payment_methods?type=card&card[token]=tok_visa"),
                 })
        {
            var inHeader = await SendAsync(method, path, header, asHeader: true);
            var inForm = await SendAsync(method, path, header, asHeader: false);

            Assert.All([inHeader, inForm], answer =>
            {
                Assert.True(answer.Status == 403, $"{method} {path}: {answer.Status}");
                Assert.Contains("secret key", answer.At("error.message"), StringComparison.Ordinal);
            });
        }

        Assert.Equal(before, _sandbox.Server.Books.Everything().Count());
    }

    [Theory]
    [MemberData(nameof(Known))]
    public async Task A_shops_server_is_let_in(string header) =>
        Assert.Equal(200, (await SendAsync("GET", "/v1/payment_intents", header, asHeader: true)).Status);

    [Fact]
    public async Task A_page_of_the_sandboxs_own_is_let_in() =>
        Assert.Equal(200, (await SendAsync("GET", "/v1/events", $"Origin: {_sandbox.Server.Address.GetLeftPart(UriPartial.Authority)}", asHeader: true)).Status);

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_publishable_key_works_from_anywhere(string header)
    {
        var intent = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        var request = Request("GET", $"/v1/payment_intents/{intent.Id}?client_secret={intent.Text("client_secret")}", header);

        var answer = (await _sandbox.SendAsync(request, SandboxUnderTest.PublishableKey)).Ok();

        Assert.Equal("succeeded", answer.State);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task The_control_surface_is_closed_to_them_too(string header)
    {
        foreach (var (method, path) in new[] { ("GET", "/_sandbox/books"), ("POST", "/_sandbox/reset"), ("POST", "/_sandbox/clock?advance=9999999") })
            Assert.Equal(403, (await _sandbox.SendAsync(Request(method, path, header), key: null)).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.9")]
    [InlineData("Forwarded: for=203.0.113.9")]
    [InlineData("X-Real-IP: 203.0.113.9")]
    public async Task A_tunnel_on_this_machine_does_not_open_the_control_surface(string header)
    {
        Assert.Equal(403, await StatusAsync("/_sandbox/books", header));
        Assert.Equal(403, await StatusAsync("/", header));
    }

    [Fact]
    public async Task A_link_to_the_dashboard_may_stand_on_any_page_but_no_script_reads_it()
    {
        Assert.Equal(200, await StatusAsync("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"));
        Assert.Equal(403, await StatusAsync("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"));
        Assert.Equal(403, await StatusAsync("/", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"));
    }

    private async Task<int> StatusAsync(string path, params string[] headers)
    {
        using var request = Request("GET", path, headers);
        using var answer = await _sandbox.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private Task<SandboxAnswer> SendAsync(string method, string path, string header, bool asHeader)
    {
        const string Key = "sk_test_51WellKnown";
        var request = Request(method, asHeader ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}key={Key}", header);
        if (asHeader)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return _sandbox.SendAsync(request, key: null);
    }

    private static HttpRequestMessage Request(string method, string path, params string[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 2)..]);
        }

        return request;
    }
}
