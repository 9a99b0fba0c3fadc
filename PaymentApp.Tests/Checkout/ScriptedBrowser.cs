using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace PaymentApp.Tests.Checkout;

/// <summary>
/// The browser's side of a checkout: the form's module and what its <c>init</c> mounts. Nothing else is there: bUnit's
/// strict script throws.
/// </summary>
internal sealed class ScriptedBrowser : IDisposable
{
    private readonly BunitJSInterop _script;
    private readonly Dispatcher _circuit;
    private readonly ScriptLog _log = new();
    private readonly ScriptRelay _relay;
    private int _cards;

    public ScriptedBrowser(BunitJSInterop script, Dispatcher circuit)
    {
        (_script, _circuit) = (script, circuit);
        _relay = new ScriptRelay(circuit);
        Card = AddCard();
        Import = Plan<IJSObjectReference>("import");
        Init = Plan<IJSObjectReference>("module.init");
        Module = new ScriptObject("module", script.JSRuntime);
        Import.UsuallyAnswers(() => Module);
        Init.UsuallyAnswers(() => Card.Reference);
        Plan<IJSVoidResult>("module.release").UsuallyAnswers(() => null!);
    }

    public ScriptFunction<IJSObjectReference> Import { get; }

    public ScriptFunction<IJSObjectReference> Init { get; }

    public IJSObjectReference Module { get; }

    /// <summary>The card field that is mounted unless a test plans another.</summary>
    public ScriptedCard Card { get; }

    public IReadOnlyList<string> Calls => _log.Calls;

    public int TimesMounted => _script.Invocations["module.init"].Count;

    public ScriptedCard AddCard() => new($"card-{++_cards}", _script, _circuit, _log);

    /// <summary>The element that a card was mounted into, as Blazor refers to it.</summary>
    public string ContainerOf(int mount = 0) => ((ElementReference)InitArgument(mount, 0)!).Id;

    public object? InitArgument(int mount, int index) => _script.Invocations["module.init"][mount].Arguments[index];

    /// <summary>The card field reports what was typed, the way the script does.</summary>
    public Task TypeAsync(string? problem, int mount = 0) =>
        _relay.InvokeAsync(InitArgument(mount, 1)!, "Changed", JsonSerializer.Serialize(new[] { problem }));

    /// <summary>The script reports which fields beside the card are filled in wrongly.</summary>
    public Task CheckFieldsAsync(params string[] wrong) =>
        _relay.InvokeAsync(InitArgument(0, 1)!, "FieldsChecked", JsonSerializer.Serialize(new[] { wrong }));

    public Pending<IJSObjectReference> ImportWaits() => Wait(Import);

    public Pending<IJSObjectReference> InitWaits() => Wait(Init);

    /// <summary>The first call that focuses an element reaches nobody.</summary>
    public ScriptFunction<IJSVoidResult> FocusWaits()
    {
        var focus = Plan<IJSVoidResult>("Blazor._internal.domWrapper.focus");
        focus.Answers(new Pending<IJSVoidResult>(_circuit));
        focus.UsuallyAnswers(() => null!);
        return focus;
    }

    public void DuringNextCall(Action happens) => _log.DuringNext = happens;

    /// <summary>From now on nobody is at the other end of the circuit.</summary>
    public void Disconnect(JSDisconnectedException gone)
    {
        _log.Breakdown = gone;
        Plan<IJSVoidResult>("Blazor._internal.domWrapper.focus").Throws(gone);
    }

    public void Dispose() => _relay.Dispose();

    private Pending<IJSObjectReference> Wait(ScriptFunction<IJSObjectReference> function)
    {
        var pending = new Pending<IJSObjectReference>(_circuit);
        function.Answers(pending);
        return pending;
    }

    private ScriptFunction<TResult> Plan<TResult>(string name)
    {
        var planned = new ScriptFunction<TResult>(name, _log);
        _script.AddInvocationHandler(planned);
        return planned;
    }
}
