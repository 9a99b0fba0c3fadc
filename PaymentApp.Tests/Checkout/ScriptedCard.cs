using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;
using PaymentApp.Checkout;

namespace PaymentApp.Tests.Checkout;

/// <summary>The object that the script's <c>init</c> returns: a card field, and the bank's page, as a test plans them.</summary>
internal sealed class ScriptedCard
{
    private readonly string _name;
    private readonly BunitJSInterop _script;
    private readonly Dispatcher _circuit;
    private readonly ScriptLog _log;
    private readonly ScriptFunction<CardResult> _createPaymentMethod;
    private readonly ScriptFunction<CardResult> _handleCardAction;

    public ScriptedCard(string name, BunitJSInterop script, Dispatcher circuit, ScriptLog log)
    {
        (_name, _script, _circuit, _log) = (name, script, circuit, log);
        _createPaymentMethod = Plan<CardResult>("createPaymentMethod");
        _handleCardAction = Plan<CardResult>("handleCardAction");
        Enable = PlanVoid("enable");
        PlanVoid("focus");
        PlanVoid("clear");
        Dispose = PlanVoid("dispose");
        PlanVoid("release");
        Reference = new ScriptObject(name, script.JSRuntime);
    }

    public IJSObjectReference Reference { get; }

    public ScriptFunction<IJSVoidResult> Enable { get; }

    public ScriptFunction<IJSVoidResult> Dispose { get; }

    public bool WasCleared => TimesCalled("clear") > 0;

    public bool WasFocused => TimesCalled("focus") > 0;

    public int TimesAsked => TimesCalled("createPaymentMethod");

    /// <summary>The client secrets of the challenges that were shown.</summary>
    public IReadOnlyList<string?> Challenges =>
        [.. _script.Invocations[$"{_name}.handleCardAction"].Select(call => Assert.IsType<ScriptText>(Assert.Single(call.Arguments)).Value)];

    /// <summary>Whether what was typed can be changed, as far as the script was told.</summary>
    public bool IsDisabled => _log.Calls.LastOrDefault(call => call == $"{_name}.createPaymentMethod" || call == $"{_name}.enable")
        is { } latest && latest != $"{_name}.enable";

    public void WillMakePaymentMethod(string id, string? email = null) => _createPaymentMethod.Answers(new CardResult(id, Error: null) { Email = email is null ? null : System.Text.Encoding.UTF8.GetBytes(email) });

    /// <summary>Neither a PaymentMethod nor an error, which no script of the shop says.</summary>
    public void WillAnswerNothing() => _createPaymentMethod.Answers(new CardResult(null, Error: null));

    /// <summary>A card field that is disabled is not heard to be enabled again.</summary>
    public void WillNotAnswerToEnabling() => Enable.Answers(new Pending<IJSVoidResult>(_circuit));

    public void WillRefuse(string type, string? message) => _createPaymentMethod.Answers(Error(type, message));

    public void WillThrowWhenAsked(Exception failure) => _createPaymentMethod.Throws(failure);

    public Pending<CardResult> WillBeAskedAndWait() => Wait(_createPaymentMethod);

    public void WillPassChallenge() => _handleCardAction.Answers(new CardResult(null, Error: null));

    /// <summary>Stripe.js says the same of a challenge that was failed and of one that was closed.</summary>
    public void WillFailChallenge() => WillEndChallenge("invalid_request_error");

    public void WillEndChallenge(string errorType) => _handleCardAction.Answers(Error(errorType, "We are unable to authenticate your payment method."));

    public void WillThrowAtChallenge(Exception failure) => _handleCardAction.Throws(failure);

    public Pending<CardResult> WillShowChallengeAndWait() => Wait(_handleCardAction);

    private static CardResult Error(string type, string? message) => new(null, new CardError(type, message));

    private int TimesCalled(string function) => _log.Calls.Count(call => call == $"{_name}.{function}");

    private Pending<CardResult> Wait(ScriptFunction<CardResult> function)
    {
        var pending = new Pending<CardResult>(_circuit);
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
        var planned = new ScriptFunction<TResult>($"{_name}.{function}", _log);
        _script.AddInvocationHandler(planned);
        return planned;
    }
}
