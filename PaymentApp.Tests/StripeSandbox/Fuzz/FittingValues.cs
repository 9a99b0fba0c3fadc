using System.Globalization;
using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox.Fuzz;

/// <summary>Values that a parameter of that name may well have, ids of what is in the books among them.</summary>
internal sealed class FittingValues(SandboxBooks books, Random random)
{
    private const int NewestOnes = 40;

    // The many that differ in their country only would leave little room for the others.
    private static IEnumerable<TestCard> Cards => TestCards.All.Except(CountryCards.All);

    private static readonly string[] Tokens = [.. Cards.SelectMany(card => card.Tokens).Select(token => "pm_card_" + token)];
    private static readonly string[] Numbers = [.. Cards.SelectMany(card => card.Numbers)];

    private static readonly string[] Expansions =
    [
        "latest_charge", "customer", "payment_method", "latest_charge.balance_transaction", "latest_charge.refunds", "data.latest_charge", "data.customer",
        "data.payment_method", "latest_attempt.setup_intent", "data.setup_intent", "charge", "payment_intent", "payment_intent.latest_charge", "balance_transaction", "data.payment_intent", "source",
    ];

    /// <summary>Whether a request without it would be a rare one.</summary>
    public bool IsUsual(string name) => random.Next(10) < name switch
    {
        "payment_method" or "confirm" or "payment_intent" or "outcome" or "client_secret" => 7,
        "return_url" or "allowed_payment_method_types" => 6,
        "capture_method" or "confirmation_method" or "use_stripe_sdk" => 3,
        "customer" => 2,
        "type" or "card" or "number" or "exp_month" or "exp_year" or "cvc" => 9,
        _ => 0,
    };

    /// <summary>The id that the request's path names.</summary>
    public string Subject { get; set; } = "";

    public string Expansion() => Expansions[random.Next(Expansions.Length)];

    /// <summary>The id of an object of that type, most often of a young one.</summary>
    public string IdOf(Type type)
    {
        if (random.Next(30) == 0 || books.ShelfOf(type) is not { Count: > 0 and var count } shelf)
            return "nobody";
        var position = random.Next(4) == 0 ? random.NextInt64(count) : count - 1 - random.NextInt64(Math.Min(count, NewestOnes));
        return shelf[position].Value.Id;
    }

    /// <summary>The id of a young intent that waits for its bank, where there is one: chance alone would hardly find it.</summary>
    public string IdOfWaiting(Type type)
    {
        var shelf = books.ShelfOf(type)!;
        for (var position = shelf.Count - 1; position >= Math.Max(0, shelf.Count - NewestOnes); position--)
        {
            if (shelf[position].Value is Intent { Status: IntentStatus.RequiresAction } waiting)
                return waiting.Id;
        }

        return IdOf(type);
    }

    /// <summary>The id of a card that the customer has saved, if there is one.</summary>
    public string CardOf(string customer) =>
        books.Find<Customer>(customer)?.PaymentMethods is { Count: > 0 } saved ? saved[random.Next(saved.Count)] : IdOf(typeof(PaymentMethod));

    public string TextFor(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Choice => parameter.Choices.Contains("card") && random.Next(8) > 0 ? "card" : Any(parameter.Choices),
        ParameterKind.Flag => Any("true", "false"),
        ParameterKind.Integer => IntegerFor(parameter.Name),
        _ => WordsFor(parameter.Name),
    };

    private string IntegerFor(string name) => name switch
    {
        "amount" => random.Next(4) == 0 ? Text(random.Next(1, 200)) : Text(random.Next(50, 9_999)),
        "amount_to_capture" => Text(random.Next(1, 3_000)),
        "exp_month" => Text(random.Next(1, 13)),
        "exp_year" => Text(random.Next(2027, 2040)),
        "advance" => Any("0", "1", "60", "3600", "604800"),
        "limit" => Text(random.Next(1, 101)),
        _ => Text(random.Next(0, 5)),
    };

    private string WordsFor(string name) => name switch
    {
        "currency" => Any("usd", "usd", "usd", "eur", "jpy", "kwd"),
        "payment_method" or "default_payment_method" => random.Next(4) switch
        {
            0 => IdOf(typeof(PaymentMethod)),
            1 => "pm_card_visa",
            _ => Any(Tokens),
        },
        "token" => "tok_visa",
        "payment_method_types" or "allowed_payment_method_types" => "card",
        "number" => Any(Numbers),
        "excluded_payment_method_types" => Any("ideal", "klarna", "none"),
        "cvc" => "123",
        "customer" => IdOf(typeof(Customer)),
        "setup_future_usage" => Any("none", "on_session", "off_session"),
        "payment_intent" => IdOf(typeof(PaymentIntent)),
        "setup_intent" => IdOf(typeof(SetupIntent)),
        "flow_directions" => Any("inbound", "outbound"),
        "charge" => IdOf(typeof(Charge)),
        "client_secret" => SecretOfSubject(),
        "starting_after" or "ending_before" => IdOf(typeof(PaymentIntent)),
        "url" => "http://127.0.0.1:9/",
        "secret" => "whsec_fuzz",
        "enabled_events" => Any("*", "charge.succeeded"),
        "outcome" => Any("succeed", "fail"),
        "return_url" => "https://shop.example/back",
        "email" or "receipt_email" => "ada@example.com",
        "created" => Text(random.Next(0, int.MaxValue)),
        "type" or "types" => Any("payment_intent.succeeded", "charge.*"),
        "probability" => "0.5",
        _ => Any("a", "Ada Lovelace", "any", "💳"),
    };

    private string SecretOfSubject() =>
        books.Find<Intent>(books.Find<Challenge>(Subject)?.Intent ?? Subject)?.ClientSecret ?? "pi_1_secret_1";

    private string Any(params string[] choices) => choices[random.Next(choices.Length)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
