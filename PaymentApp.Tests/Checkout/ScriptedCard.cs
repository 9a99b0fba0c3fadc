using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;
using PaymentApp.Checkout;

namespace PaymentApp.Tests.Checkout;

/// <summary>The object that the script's <c>init</c> returns: a card field, and the bank's page, as a test plans them.</summary>
internal sealed class ScriptedCard
{
    private readonly string name;
    private readonly BunitJSInterop script;
    private readonly Dispatcher circuit;
    private readonly ScriptLog log;
    private readonly ScriptFunction<CardResult> createPaymentMethod;
    private readonly ScriptFunction<CardResult> handleCardAction;

    public ScriptedCard(string name, BunitJSInterop script, Dispatcher circuit, ScriptLog log)
    {
        (this.name, this.script, this.circuit, this.log) = (name, script, circuit, log);
        createPaymentMethod = Plan<CardResult>("createPaymentMethod");
        handleCardAction = Plan<CardResult>("handleCardAction");
        SetDisabled = PlanVoid("setDisabled");
        PlanVoid("focus");
        PlanVoid("clear");
        Dispose = PlanVoid("dispose");
        PlanVoid("release");
        Reference = new ScriptObject(name, script.JSRuntime);
    }

    public IJSObjectReference Reference { get; }

    public ScriptFunction<IJSVoidResult> SetDisabled { get; }

    public ScriptFunction<IJSVoidResult> Dispose { get; }

    public bool WasCleared => TimesCalled("clear") > 0;

    public bool WasFocused => TimesCalled("focus") > 0;

    public int TimesAsked => TimesCalled("createPaymentMethod");

    /// <summary>The client secrets of the challenges that were shown.</summary>
    public IReadOnlyList<object?> Challenges =>
        [.. script.Invocations[$"{name}.handleCardAction"].Select(call => Assert.Single(call.Arguments))];

    /// <summary>Whether what was typed can be changed, as far as the script was told.</summary>
    public bool IsDisabled => script.Invocations[$"{name}.setDisabled"] is [.., var latest] && Equals(latest.Arguments[0], true);

    public void WillMakePaymentMethod(string id, string? email = null) => createPaymentMethod.Answers(new CardResult(id, Error: null) { Email = email is null ? null : System.Text.Encoding.UTF8.GetBytes(email) });

    /// <summary>Neither a PaymentMethod nor an error, which no script of the shop says.</summary>
    public void WillAnswerNothing() => createPaymentMethod.Answers(new CardResult(null, Error: null));

    /// <summary>A card field that is disabled is not heard to be enabled again.</summary>
    public void WillNotAnswerToEnabling()
    {
        if (!IsDisabled)
            SetDisabled.Answers((IJSVoidResult)null!);
        SetDisabled.Answers(new Pending<IJSVoidResult>(circuit));
    }

    public void WillRefuse(string type, string? message) => createPaymentMethod.Answers(Error(type, message));

    public void WillThrowWhenAsked(Exception failure) => createPaymentMethod.Throws(failure);

    public Pending<CardResult> WillBeAskedAndWait() => Wait(createPaymentMethod);

    public void WillPassChallenge() => handleCardAction.Answers(new CardResult(null, Error: null));

    /// <summary>Stripe.js says the same of a challenge that was failed and of one that was closed.</summary>
    public void WillFailChallenge() => WillEndChallenge("invalid_request_error");

    public void WillEndChallenge(string errorType) => handleCardAction.Answers(Error(errorType, "We are unable to authenticate your payment method."));

    public void WillThrowAtChallenge(Exception failure) => handleCardAction.Throws(failure);

    public Pending<CardResult> WillShowChallengeAndWait() => Wait(handleCardAction);

    private static CardResult Error(string type, string? message) => new(null, new CardError(type, message));

    private int TimesCalled(string function) => log.Calls.Count(call => call == $"{name}.{function}");

    private Pending<CardResult> Wait(ScriptFunction<CardResult> function)
    {
        var pending = new Pending<CardResult>(circuit);
        function.Answers(pending);
        return pending;
    }

    private ScriptFunction<IJSVoidResult> PlanVoid(string function)
    {
        var planned = Plan<IJSVoidResult>(function);
        planned.UsuallyAnswers(() => null!);
        return planned;
    }

    private ScriptFunction<TResult> Plan<TResult>(string function)
    {
        var planned = new ScriptFunction<TResult>($"{name}.{function}", log);
        script.AddInvocationHandler(planned);
        return planned;
    }
}
