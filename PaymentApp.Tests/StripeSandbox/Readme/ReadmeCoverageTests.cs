using System.Globalization;
using System.Text;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox;
using StripeSandbox.Calls;
using StripeSandbox.Cards;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// The README's lists of routes and cards are made from the sandbox itself. <c>UPDATE_README=1</c> writes them anew; otherwise a list
/// that is not what the sandbox has fails.
/// </summary>
public sealed class ReadmeCoverageTests
{
    private static readonly string ReadmeFile = Path.Combine(Repository.Root, "StripeSandbox", "README.md");

    private static readonly string[] Methods = ["POST", "GET", "DELETE"];

    [Fact]
    public async Task Its_routes_are_those_of_the_sandbox()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        var routes = sandbox.Routes.Where(route => route.Pattern.StartsWith("/v1/", StringComparison.Ordinal)).ToList();
        var text = new StringBuilder("| Below `/v1/` | |\n|---|---|\n");
        foreach (var resource in routes.GroupBy(route => route.Pattern.Split('/')[2]).OrderBy(resource => resource.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| `{resource.Key}` | {string.Join(", ", Described(resource.Key, [.. resource]))} |\n");

        AssertList("routes", text.ToString());
    }

    [Fact]
    public void Its_cards_are_those_of_the_sandbox()
    {
        var text = new StringBuilder("| Number | `pm_card_…` | |\n|---|---|---|\n");
        foreach (var card in TestCards.All)
            text.Append(CultureInfo.InvariantCulture, $"| {Code(card.Numbers)} | {Code(card.Tokens)} | {Described(card)} |\n");

        AssertList("cards", text.ToString());
    }

    /// <summary>Those of one path together: <c>POST, GET {id}</c>.</summary>
    private static IEnumerable<string> Described(string resource, IReadOnlyList<ApiRoute> routes) => routes
        .GroupBy(route => route.Pattern[$"/v1/{resource}".Length..].TrimStart('/'))
        .OrderBy(path => path.Key.Count(letter => letter == '/')).ThenBy(path => path.Key, StringComparer.Ordinal)
        .Select(path =>
        {
            var methods = string.Join(" ", path.Select(route => route.Method).OrderBy(method => Array.IndexOf(Methods, method)));
            return $"`{$"{methods} {path.Key}".Trim()}`";
        });

    private static string Described(TestCard card)
    {
        var facts = new List<string> { $"{card.Brand} {card.Funding}" };
        if (card.Country != "US")
            facts.Add(card.Country);
        if (card.Networks.Length > 0)
            facts.Add($"networks {string.Join(", ", card.Networks)}");
        if (Asks(card.Authentication) is { } asks)
            facts.Add(asks);
        if (card.Decline is { } decline)
            facts.Add($"declined: `{decline.DeclineCode ?? decline.Code}`{(card.IsDeclinedWhenSaved ? ", saved or charged" : "")}");
        foreach (var (name, result) in new[] { ("address", card.Checks.Line1), ("postal code", card.Checks.PostalCode), ("security code", card.Checks.Cvc) })
        {
            if (result != "pass")
                facts.Add($"{name} check: {result}");
        }

        if (card.Risk != Risk.Normal)
            facts.Add($"risk {card.Risk.ToString().ToLowerInvariant()}");
        if (card.DisputeReason is { } reason)
            facts.Add($"{(card.DisputeIsInquiry ? "inquiry" : "dispute")}: `{reason}`");
        if (card.DisputeEligibility is { } eligibility)
            facts.Add($"eligible for `{eligibility}`");
        if (card.Disputes > 1)
            facts.Add($"{card.Disputes} disputes");
        if (card.WarnsOfFraud)
            facts.Add("early fraud warning");
        if (card.Refund != RefundBehaviour.Succeeds)
            facts.Add(card.Refund == RefundBehaviour.PendingThenSucceeds ? "refunds are pending first" : "refunds fail later");
        return string.Join("; ", facts);
    }

    private static string? Asks(Authentication authentication) => authentication switch
    {
        Authentication.Always => "the bank asks for every payment",
        Authentication.UnlessSetUp => "the bank asks, unless the card was set up",
        Authentication.OnSessionOnly => "set up: the bank asks with the shopper present only",
        Authentication.Optional => "the bank asks when the shop wants it",
        Authentication.Frictionless => "authenticated without a challenge",
        Authentication.LookupFails => "the bank cannot be asked",
        Authentication.OptionalLookupFails => "the bank cannot be asked, and need not be",
        Authentication.None => "no 3D Secure",
        Authentication.NotEnrolled => null,
        _ => throw new InvalidOperationException($"The README has no words for {authentication}."),
    };

    private static string Code(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"`{value}`"));

    private static void AssertList(string name, string list)
    {
        var (start, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var readme = File.ReadAllText(ReadmeFile);
        var from = readme.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = readme.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from > start.Length && to >= from, $"The README has no place for its {name}.");
        if (Environment.GetEnvironmentVariable("UPDATE_README") == "1" && readme[from..to] != list)
            File.WriteAllText(ReadmeFile, readme[..from] + list + readme[to..]);
        else
            Assert.True(readme[from..to] == list, $"The README's {name} are not what the sandbox has. UPDATE_README=1 writes:\n{list}");
    }
}
