using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Desk;

namespace PaymentApp.Tests.Desk;

/// <summary>Who may do what at the desk, for every address that it has.</summary>
public sealed class DeskEndpointTests(DeskShop desk) : IClassFixture<DeskShop>
{
    private const string SignInPage = "/desk/sign-in";

    private IReadOnlyList<RouteEndpoint> Endpoints => [.. desk.Shop.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>().Where(endpoint => new PathString(PathOf(endpoint)).StartsWithSegments("/desk"))];

    [Fact]
    public void Nothing_of_the_desk_is_without_a_policy_but_the_sign_in_page()
    {
        Assert.True(Endpoints.Count >= 12, $"{Endpoints.Count} endpoints.");
        foreach (var endpoint in Endpoints)
        {
            if (PathOf(endpoint) == SignInPage)
                Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>());
            else
                Assert.True(PolicyOf(endpoint) is DeskPolicies.Look or DeskPolicies.Act, $"{endpoint.DisplayName} has no policy.");
        }
    }

    [Fact]
    public void What_changes_something_needs_an_operator_and_a_form_of_the_desk()
    {
        var posts = Endpoints.Where(endpoint => MethodsOf(endpoint) is { } methods && methods.SequenceEqual(["POST"])).ToList();

        Assert.Equal(
            ["/desk/attention/replay", .. new[] { "cancel", "capture", "note", "read", "refund" }.Select(action => $"/desk/payments/{{number}}/{action}"), DeskSearch.Path, "/desk/sign-out"],
            posts.Select(PathOf).Order());
        Assert.All(posts, endpoint => Assert.True(endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation, endpoint.DisplayName));
        Assert.All(posts.Where(endpoint => PathOf(endpoint) is not (DeskPaths.SignOut or DeskSearch.Path)), endpoint => Assert.Equal(DeskPolicies.Act, PolicyOf(endpoint)));
    }

    [Fact]
    public async Task Nobody_enters_any_of_it_without_signing_in()
    {
        using var visitor = desk.Visit();
        foreach (var endpoint in Endpoints.Where(endpoint => PathOf(endpoint) != SignInPage))
        {
            var path = PathOf(endpoint).Replace("{number}", "X", StringComparison.Ordinal).Replace("{Key}", "X", StringComparison.Ordinal);
            var methods = MethodsOf(endpoint)?.ToList() ?? ["GET", "POST"];
            if (methods.Contains("GET"))
                Assert.Equal(SignInPage, (await visitor.GetAsync(path)).Location?.AbsolutePath);
            if (methods.Contains("POST"))
                Assert.Equal(SignInPage, (await visitor.PostAsync(path)).Location?.AbsolutePath);
        }
    }

    [Fact]
    public async Task A_viewer_can_act_on_nothing()
    {
        using var viewer = await desk.ViewerAsync();
        var order = await desk.Shop.OrderTriedWithAsync(Infrastructure.ManualShop.GoodCard);
        var number = (await desk.Shop.FindAsync(order)).Order.Number;
        var page = await viewer.GetAsync($"/desk/payments/{number}?ask=Refund");
        Assert.Empty(page.Document.QuerySelectorAll("#act form, #act a"));
        var token = page.Document.QuerySelector("form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var path in Endpoints.Where(endpoint => PolicyOf(endpoint) == DeskPolicies.Act).Select(PathOf))
        {
            var answer = await viewer.PostAsync(
                path.Replace("{number}", number, StringComparison.Ordinal),
                ("__RequestVerificationToken", token), ("operation", Guid.NewGuid().ToString("n")), ("reason", "RequestedByCustomer"), ("note", "x"), ("id", "x"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        Assert.Equal(0, (await desk.Shop.FindAsync(order)).Refunded.MinorUnits);
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<string>? MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;

    private static string? PolicyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy : null;
}
