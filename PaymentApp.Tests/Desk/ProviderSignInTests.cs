using System.Net;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>Signing in with OpenID Connect, against a provider in this process.</summary>
public sealed class ProviderSignInTests : IAsyncLifetime, IDisposable
{
    private FakeProvider _provider = null!;
    private Shop _shop = null!;
    private DeskVisitor _visitor = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.OpenAsync(TimeProvider.System);
        _shop = await Shop.OpenAsync(settings: [("Desk:OpenIdConnect:Authority", _provider.Address.ToString()), ("Desk:OpenIdConnect:ClientId", FakeProvider.ClientId)]);
        _visitor = new DeskVisitor(_shop.Address);
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task An_operator_of_the_provider_is_an_operator_of_the_desk_and_led_where_they_wanted()
    {
        var door = (await _visitor.GetAsync("/desk/attention")).Location!;
        var page = await _visitor.GetAsync(door.PathAndQuery);
        Assert.Empty(page.Document.QuerySelectorAll("main [name=password], main .notice"));

        var back = await SignInAsync("/" + page.Document.QuerySelector("main a.button")!.GetAttribute("href"));

        Assert.Equal("/desk/attention", _visitor.Target(back));
        Assert.Equal("Petra from the office", (await _visitor.GetAsync("/desk")).Document.QuerySelector(".session-name")!.TextContent);
    }

    [Fact]
    public async Task A_viewer_of_the_provider_looks_and_does_not_act()
    {
        _provider.Claims["roles"] = new[] { "viewer", "accountant" };

        await SignInAsync("/desk/sign-in?with=provider");

        Assert.Equal(HttpStatusCode.OK, (await _visitor.GetAsync("/desk")).Status);
        var token = (await _visitor.GetAsync("/desk")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await _visitor.PostAsync("/desk/attention/replay", ("__RequestVerificationToken", token), ("id", "1"))).Status);
    }

    [Fact]
    public async Task Who_has_no_role_at_the_provider_is_told_so_and_not_signed_in()
    {
        _provider.Claims["roles"] = new[] { "accountant" };

        var answer = await SignInAsync("/desk/sign-in?with=provider");

        Assert.Equal("/desk/sign-in?failed=role", _visitor.Target(answer));
        Assert.Contains("no role at this desk", (await _visitor.GetAsync("/desk/sign-in?failed=role")).Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/desk/sign-in", (await _visitor.GetAsync("/desk")).Location!.AbsolutePath);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_signs_nobody_in()
    {
        var answer = await _visitor.GetAsync("/desk/sign-in/callback?code=1&state=2");

        Assert.Equal("/desk/sign-in?failed=1", _visitor.Target(answer));
        Assert.Contains("did not sign you in", (await _visitor.GetAsync("/desk/sign-in?failed=1")).Document.QuerySelector("main [role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_one_browser_signs_no_other_in()
    {
        using var other = new DeskVisitor(_shop.Address);
        var asked = await _visitor.GetAsync("/desk/sign-in?with=provider");

        var answer = await other.GetAsync(_provider.Authorize(asked.Location!).PathAndQuery);

        Assert.Equal("/desk/sign-in?failed=1", other.Target(answer));
    }

    private async Task<Page> SignInAsync(string address)
    {
        var asked = await _visitor.GetAsync(address);
        Assert.Equal(new Uri(_provider.Address, "/authorize").GetLeftPart(UriPartial.Path), asked.Location!.GetLeftPart(UriPartial.Path));
        return await _visitor.GetAsync(_provider.Authorize(asked.Location).PathAndQuery);
    }
}
