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
    private readonly BunitJSInterop script;
    private readonly Dispatcher circuit;
    private readonly ScriptLog log = new();
    private readonly ScriptRelay relay;
    private int cards;

    public ScriptedBrowser(BunitJSInterop script, Dispatcher circuit)
    {
        (this.script, this.circuit) = (script, circuit);
        relay = new ScriptRelay(circuit);
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

    public IReadOnlyList<string> Calls => log.Calls;

    public int TimesMounted => script.Invocations["module.init"].Count;

    public ScriptedCard AddCard() => new($"card-{++cards}", script, circuit, log);

    /// <summary>The element that a card was mounted into, as Blazor refers to it.</summary>
    public string ContainerOf(int mount = 0) => ((ElementReference)InitArgument(mount, 0)!).Id;

    public object? InitArgument(int mount, int index) => script.Invocations["module.init"][mount].Arguments[index];

    /// <summary>The card field reports what was typed, the way the script does.</summary>
    public Task TypeAsync(string? problem, int mount = 0) =>
        relay.InvokeAsync(InitArgument(mount, 3)!, "Changed", JsonSerializer.Serialize(new[] { problem }));

    /// <summary>The script reports which fields beside the card are filled in wrongly.</summary>
    public Task CheckFieldsAsync(params string[] wrong) =>
        relay.InvokeAsync(InitArgument(0, 3)!, "FieldsChecked", JsonSerializer.Serialize(new[] { wrong }));

    public Pending<IJSObjectReference> ImportWaits() => Wait(Import);

    public Pending<IJSObjectReference> InitWaits() => Wait(Init);

    /// <summary>The first call that focuses an element reaches nobody.</summary>
    public ScriptFunction<IJSVoidResult> FocusWaits()
    {
        var focus = Plan<IJSVoidResult>("Blazor._internal.domWrapper.focus");
        focus.Answers(new Pending<IJSVoidResult>(circuit));
        focus.UsuallyAnswers(() => null!);
        return focus;
    }

    public void DuringNextCall(Action happens) => log.DuringNext = happens;

    /// <summary>From now on nobody is at the other end of the circuit.</summary>
    public void Disconnect(JSDisconnectedException gone)
    {
        log.Breakdown = gone;
        Plan<IJSVoidResult>("Blazor._internal.domWrapper.focus").Throws(gone);
    }

    public void Dispose() => relay.Dispose();

    private Pending<IJSObjectReference> Wait(ScriptFunction<IJSObjectReference> function)
    {
        var pending = new Pending<IJSObjectReference>(circuit);
        function.Answers(pending);
        return pending;
    }

    private ScriptFunction<TResult> Plan<TResult>(string name)
    {
        var planned = new ScriptFunction<TResult>(name, log);
        script.AddInvocationHandler(planned);
        return planned;
    }
}
