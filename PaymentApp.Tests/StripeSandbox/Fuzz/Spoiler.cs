namespace PaymentApp.Tests.Sandbox.Fuzz;

/// <summary>Spoils a request that was good, in one to three places.</summary>
internal sealed class Spoiler(Random random, FittingValues values)
{
    private static readonly string[] Nasty =
    [
        "", "0", "-1", "99999999", "100000000", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e9", "1.5", "NaN", "USD", "zzz", "yes",
        "null", "[]", "{}", "ideal", "pm_card_", "tok_visa", "4242424242424241", "٤٢", "data", ".", "a.b.c.d.e.f", "latest_charge.payment_intent.latest_charge",
        "javascript:alert(1)", "\u0000", "ſ", "\ud83d", "' OR 1=1 --", "2026-09-30.endive", new string('x', 6_000), new string('4', 400),
    ];

    private static readonly string[] Names =
    [
        "[", "]", "a[b", "a[[b]]", "a[]b]", "", "key", "_stripe_version", "amount[]", "amount[a]", "metadata", "metadata[]", "metadata[a][b]", "expand", "expand[0]",
        "expand[x]", "card", "card[number][0]", "limit", "created[gte]", "created[x]", "shipping", "confirm[]", "nobody_knows", "payment_method[id]",
    ];

    private static readonly string[] Paths = ["/", "//", "/%00", "/%F0%9F%92%B3", "/..", "/confirm", "/capture/now", "?amount=1", "/" + new string('p', 3_000)];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Stripe-Version", "2026-09-30.endive"), ("Stripe-Version", "yesterday"), ("Stripe-Version", "2020-08-27"), ("Authorization", "Basic !!!"),
        ("Authorization", "Bearer"), ("Authorization", "Bearer sk_live_1234567890"), ("Content-Type", "application/json"), ("Content-Type", "multipart/form-data"),
        ("Stripe-Account", "acct_1"), ("Idempotency-Key", new string('k', 256)), ("Idempotency-Key", "key-1"), ("Origin", "https://elsewhere.example"),
        ("Expect", "100-continue"), ("X-HTTP-Method-Override", "DELETE"),
    ];

    public ThrownRequest Spoil(ThrownRequest request, List<(string Name, string Value)> pairs)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = pairs.Count == 0 ? -1 : random.Next(pairs.Count);
            switch (random.Next(12))
            {
                case 0 when at >= 0:
                    pairs.RemoveAt(at);
                    break;
                case 1 when at >= 0:
                    pairs.Add(pairs[at]);
                    break;
                case 2 when at >= 0:
                    pairs[at] = (pairs[at].Name + "[x]", pairs[at].Value);
                    break;
                case 3 or 4 when at >= 0:
                    pairs[at] = (pairs[at].Name, Any(Nasty));
                    break;
                case 5:
                    pairs.Add((Any(Names), Any(Nasty)));
                    break;
                case 6:
                    pairs.Add(("expand[]", values.Expansion()));
                    break;
                case 7:
                    request = request with { Path = request.Path + Any(Paths) };
                    break;
                case 8:
                    request = request with { Method = Any("GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS") };
                    break;
                case 9:
                    request = request with { Headers = [.. request.Headers.Append(Headers[random.Next(Headers.Length)]).DistinctBy(header => header.Name)] };
                    break;
                case 10:
                    return request with { Form = Torn(RequestMaker.Encode(pairs)) };
                default:
                    pairs.Add((Any(Names), values.Expansion()));
                    break;
            }
        }

        return request with { Form = RequestMaker.Encode(pairs) };
    }

    /// <summary>Cut off, or with some letters changed: percent signs in the wrong place among them.</summary>
    private string Torn(string form)
    {
        if (form.Length == 0)
            return Any("%", "%zz", "&&&", "=", "====", "a=%ff%fe", "%00=%00");
        if (random.Next(2) == 0)
            return form[..random.Next(form.Length)];
        var letters = form.ToCharArray();
        for (var times = random.Next(1, 6); times > 0; times--)
            letters[random.Next(letters.Length)] = "%&=[]+;.\u007fz0"[random.Next(11)];
        return new string(letters);
    }

    private string Any(params string[] choices) => choices[random.Next(choices.Length)];
}
