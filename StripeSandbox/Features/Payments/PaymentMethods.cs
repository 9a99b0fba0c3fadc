using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using StripeSandbox.Books;
using StripeSandbox.Cards;
using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Payments;

/// <summary>What somebody typed, or the token that stands for it.</summary>
internal sealed record CardDetails(
    string? Number,
    string? Token,
    long? ExpMonth,
    long? ExpYear,
    string? Cvc,
    string? PreferredNetwork,
    BillingDetails Billing,
    Metadata Metadata,
    string? AllowRedisplay);

/// <summary>Makes PaymentMethods out of cards and finds them again.</summary>
internal static class PaymentMethods
{
    private static readonly FrozenDictionary<string, (string Last4, string Fingerprint)> Imprints = TestCards.All.SelectMany(card => card.Numbers)
        .ToFrozenDictionary(number => number, number => (number[^4..], Fingerprint(number)));

    /// <summary>The PaymentMethod with that id, claimed; a token such as <c>pm_card_visa</c> makes a fresh one.</summary>
    /// <exception cref="Refusal">There is none (400, resource_missing).</exception>
    public static PaymentMethod Resolve(UnitOfWork unit, string id) =>
        FromToken(unit, id)
        ?? unit.Claim<PaymentMethod>(id)
        ?? throw ParameterErrors.NoSuchNamed("PaymentMethod", id, "payment_method");

    /// <exception cref="Refusal">
    /// The method is another customer's, or was used before: without a customer it serves one intent only.
    /// </exception>
    public static void RequireUsable(UnitOfWork unit, PaymentMethod method, Intent intent)
    {
        if (method.Customer is { } owner && owner != intent.Customer)
            throw StateErrors.MethodIsAnothers(method, owner, intent).About(unit.Books.Find<Intent>(intent.Id));

        var isOwn = method.UsedBy == intent.Id && method.Id == intent.PaymentMethod;
        if (method.IsDetached || (method is { UsedBy: not null, Customer: null } && !isOwn))
            throw StateErrors.MethodIsSpent();
    }

    public static PaymentMethod? FromToken(UnitOfWork unit, string id) =>
        TestCards.WithToken(id) is { } card
            ? unit.Put(New(unit, card, card.Numbers[0], (unit.Now.Month, unit.Now.Year + 1)) with { HasCvc = true })
            : null;

    /// <exception cref="Refusal">The card cannot be one: 402 with the codes of a card that was mistyped.</exception>
    public static PaymentMethod Create(UnitOfWork unit, CardDetails details)
    {
        var (card, number) = details.Token is { } token
            ? (TestCards.WithToken(token) ?? throw ParameterErrors.NoSuchNamed("token", token, "card[token]"), null)
            : Recognize(details.Number!);
        var expiry = number is null ? (unit.Now.Month, unit.Now.Year + 1) : CardExpiry.Require(unit.Now, details.ExpMonth, details.ExpYear);
        if (number is not null && details.Cvc is { } cvc && !IsCvc(cvc, card))
            throw Refusal.CardError("invalid_cvc", "Your card's security code is invalid.", "cvc");

        return unit.Put(New(unit, card, number ?? card.Numbers[0], expiry) with
        {
            HasCvc = number is null || details.Cvc is not null,
            BillingDetails = details.Billing,
            Metadata = details.Metadata,
            PreferredNetwork = details.PreferredNetwork is { } network && card.AvailableNetworks.Contains(network) ? network : null,
            AllowRedisplay = details.AllowRedisplay ?? "unspecified",
        });
    }

    private static (TestCard Card, string? Number) Recognize(string typed)
    {
        if (CardNumber.Digits(typed) is not { } digits)
            throw Refusal.CardError("invalid_number", "The card number is not a valid credit card number.", "number");
        if (!CardNumber.PassesLuhn(digits))
            throw Refusal.CardError("incorrect_number", "Your card number is incorrect.", "number");
        return TestCards.WithNumber(digits) is { } card
            ? (card, digits)
            : throw Refusal.CardError("card_declined",
                "Your card was declined. Your request was in test mode, but used a non test (live) card. " +
                "For a list of valid test cards, visit: https://stripe.com/docs/testing.",
                null, "test_mode_live_card");
    }

    private static bool IsCvc(string cvc, TestCard card) =>
        cvc.All(char.IsAsciiDigit) && (cvc.Length == 3 || (cvc.Length == 4 && card.Brand == "amex"));

    private static PaymentMethod New(UnitOfWork unit, TestCard card, string number, (int Month, int Year) expiry) => new()
    {
        Id = Ids.New("pm_"),
        Created = unit.NowSeconds,
        Card = card.Name,
        Last4 = Imprints[number].Last4,
        Fingerprint = Imprints[number].Fingerprint,
        ExpMonth = expiry.Month,
        ExpYear = expiry.Year,
    };

    private static string Fingerprint(string number) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes("sandbox " + number)))
            .Replace('+', 'x').Replace('/', 'y')[..16];
}
