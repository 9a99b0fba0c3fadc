using Microsoft.AspNetCore.WebUtilities;
using StripeSandbox.Banking;
using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Endpoints.Intents;
using StripeSandbox.Endpoints.Setups;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>
/// How the shopper's answer reaches the bank: from the challenge frame, from a page of the bank's own, or from a test
/// without a browser.
/// </summary>
internal static class ChallengeEndpoints
{
    private static readonly Parameter Outcome = Parameter.Choice("outcome", "succeed", "fail").Required();

    private static readonly ParameterSet ByClientSecret = new(Outcome, Parameter.Text("client_secret").Required());

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<Intent>("/three-ds/{id}", ByClientSecret, DecideInFrame) with { Access = Access.ClientSecret },
        ApiRoute.Post<Intent>("/three-ds/{id}/return", ByClientSecret, DecideOnBankPage) with { Access = Access.ClientSecret },
        ApiRoute.Post<PaymentIntent>("/_sandbox/payment_intents/{id}/challenge", new ParameterSet(Outcome), call =>
            DecideInTest<PaymentIntent>(call, IntentEndpoints.NoSuchIntent)) with { Access = Access.Control },
        ApiRoute.Post<SetupIntent>("/_sandbox/setup_intents/{id}/challenge", new ParameterSet(Outcome), call =>
            DecideInTest<SetupIntent>(call, SetupEndpoints.NoSuchIntent)) with { Access = Access.Control },
    ];

    private static Func<UnitOfWork, Reply> DecideInFrame(ApiCall call) => unit =>
        new ObjectReply(ChallengeAnswers.Decide(unit, Known(unit, call).Id, IsAuthenticated(call)).Intent);

    private static Func<UnitOfWork, Reply> DecideOnBankPage(ApiCall call) => unit =>
    {
        var challenge = Known(unit, call);
        if (unit.Find<Intent>(challenge.Intent)!.Attempt?.ReturnUrl is not { } returnUrl)
            throw StateErrors.NowhereToReturnTo();
        var intent = ChallengeAnswers.Decide(unit, challenge.Id, IsAuthenticated(call)).Intent;
        var name = intent is SetupIntent ? "setup_intent" : "payment_intent";
        return new RedirectReply(QueryHelpers.AddQueryString(returnUrl, new Dictionary<string, string?>
        {
            [name] = intent.Id,
            [name + "_client_secret"] = intent.ClientSecret,
            ["source_type"] = "card",
        }));
    };

    private static Challenge Known(UnitOfWork unit, ApiCall call)
    {
        var challenge = unit.Find<Challenge>(call.RouteId) ?? throw Refusal.NoSuch("source", call.RouteId, "source");
        var intent = unit.Find<Intent>(challenge.Intent)!;
        return call.Form.Text("client_secret") == intent.ClientSecret
            ? challenge
            : throw ParameterErrors.WrongSecret(intent, StatusCodes.Status401Unauthorized);
    }

    private static Func<UnitOfWork, Reply> DecideInTest<T>(ApiCall call, Func<string, Refusal> noSuchIntent)
        where T : Intent => unit =>
    {
        var intent = unit.Claim<T>(call.RouteId) ?? throw noSuchIntent(call.RouteId);
        return intent.Attempt is { } attempt
            ? new ObjectReply(ChallengeAnswers.Decide(unit, attempt.Source, IsAuthenticated(call)).Intent)
            : throw StateErrors.NoChallenge(intent);
    };

    private static bool IsAuthenticated(ApiCall call) => call.Form.Text("outcome") == "succeed";
}
