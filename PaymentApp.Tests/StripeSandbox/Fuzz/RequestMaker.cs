using Microsoft.AspNetCore.Http;
using StripeSandbox;
using StripeSandbox.Calls;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace PaymentApp.Tests.Sandbox.Fuzz;

/// <summary>
/// Makes requests out of what the routes say of themselves: their parameters with fitting values, of which a part is then
/// spoiled.
/// </summary>
internal sealed class RequestMaker
{
    private const int MoneyWeight = 4;

    private readonly Random _random;
    private readonly FittingValues _values;
    private readonly Spoiler _spoiler;
    private readonly ApiRoute[] _routes;

    public RequestMaker(SandboxServer sandbox, Random random)
    {
        _random = random;
        _values = new FittingValues(sandbox.Books, random);
        _spoiler = new Spoiler(random, _values);
        _routes = [.. sandbox.Routes.Where(IsThrownAt).SelectMany(route => Enumerable.Repeat(route, MovesMoney(route) ? MoneyWeight : 1))];
    }

    /// <summary>All but what makes failures on request, wipes the books clean, or adds endpoints without end.</summary>
    public static bool IsThrownAt(ApiRoute route) =>
        (route.Method, route.Pattern) is not (("POST", "/_sandbox/faults") or ("POST", "/_sandbox/reset") or ("POST", "/_sandbox/webhook_endpoints"));

    /// <summary>Whether it ever accepts a request: the refund of a card cannot be canceled.</summary>
    public static bool CanAccept(ApiRoute route) => route.Pattern != "/v1/refunds/{id}/cancel";

    public ThrownRequest Next()
    {
        var route = _routes[_random.Next(_routes.Length)];
        // Together, most parameters contradict each other: a part of the requests stays with what is usual.
        var isPlain = _random.Next(2) == 0;
        _values.Subject = route.Pattern.EndsWith("/challenge", StringComparison.Ordinal) && _random.Next(2) == 0
            ? _values.IdOfWaiting(route.Returns)
            : _values.IdOf(SubjectOf(route));
        var pairs = new List<(string Name, string Value)>();
        Fill(route.Parameters, null, pairs, isPlain ? 0 : 3);
        if (!isPlain && _random.Next(4) == 0)
            pairs.Add(("expand[]", _values.Expansion()));

        var headers = new List<(string, string)>();
        if (route.Access is not Access.Control)
            headers.Add(("Authorization", $"Bearer {(_random.Next(12) == 0 ? SandboxUnderTest.PublishableKey : SandboxUnderTest.SecretKey)}"));
        if (HttpMethods.IsPost(route.Method) && _random.Next(4) == 0)
            headers.Add(("Idempotency-Key", $"key-{_random.Next(2_000)}"));

        var path = string.Join('/', route.Pattern.Split('/').Select(part => part switch
        {
            "{id}" => _values.Subject,
            "{method}" => _values.CardOf(_values.Subject),
            _ => part,
        }));
        var request = new ThrownRequest(route, route.Method, path, Encode(pairs), headers);
        return isPlain || _random.Next(3) == 0 ? request : _spoiler.Spoil(request, pairs);
    }

    internal static string Encode(IEnumerable<(string Name, string Value)> pairs) =>
        string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));

    private static Type SubjectOf(ApiRoute route) =>
        route.Pattern.StartsWith("/three-ds/", StringComparison.Ordinal) ? typeof(Challenge)
        : route.Pattern.StartsWith("/v1/customers/", StringComparison.Ordinal) ? typeof(Customer)
        : route.Returns;

    private static bool MovesMoney(ApiRoute route) =>
        HttpMethods.IsPost(route.Method) && !route.Pattern.EndsWith("/cancel", StringComparison.Ordinal) && (route.Pattern.StartsWith("/v1/payment_intents", StringComparison.Ordinal)
            || route.Pattern.StartsWith("/v1/refunds", StringComparison.Ordinal) || route.Pattern.EndsWith("/challenge", StringComparison.Ordinal)
            || route.Pattern.StartsWith("/three-ds/", StringComparison.Ordinal));

    /// <param name="set">What the route takes.</param>
    /// <param name="prefix">The object that has these parameters; null for the request itself.</param>
    /// <param name="pairs">Where they go.</param>
    /// <param name="extras">How many parameters there are, about, beside the usual ones.</param>
    private void Fill(ParameterSet set, string? prefix, List<(string Name, string Value)> pairs, int extras)
    {
        var known = set.Parameters.ToList();
        var chance = Math.Min(0.5, extras / (double)Math.Max(known.Count, 1));
        foreach (var parameter in known)
        {
            if (!parameter.IsRequired && !_values.IsUsual(parameter.Name) && _random.NextDouble() > chance)
                continue;
            var name = prefix is null ? parameter.Name : $"{prefix}[{parameter.Name}]";
            switch (parameter.Kind)
            {
                case ParameterKind.Fields:
                    Fill(parameter.Fields!, name, pairs, extras);
                    break;
                case ParameterKind.TextList:
                    pairs.Add(($"{name}[]", _values.TextFor(parameter)));
                    break;
                case ParameterKind.Map:
                    pairs.Add(($"{name}[key{_random.Next(3)}]", _values.TextFor(parameter)));
                    break;
                default:
                    pairs.Add((name, _values.TextFor(parameter)));
                    break;
            }
        }
    }
}
