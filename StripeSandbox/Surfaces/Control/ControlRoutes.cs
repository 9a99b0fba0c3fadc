using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Faults;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Recovery;
using StripeSandbox.Rendering;
using StripeSandbox.Time;
using StripeSandbox.Webhooks;

namespace StripeSandbox.Control;

/// <summary>What no Stripe has: its clock, its books, its deliveries and its memory in a developer's hands.</summary>
internal sealed class ControlRoutes(SandboxState state, SandboxClock clock, Agenda agenda, FaultBox faults, DeliveryGate gate, WebhookDispatcher dispatcher)
{
    private const int MaxCopies = 100;

    /// <summary>What every path of the control surface begins with.</summary>
    public const string Prefix = "/_sandbox/";

    private static readonly ParameterSet ClockParameters = new(Parameter.Integer("advance"), Parameter.Flag("freeze"));

    private static readonly ParameterSet DeliveryParameters = new(
        Parameter.Flag("hold"), Parameter.Choice("release", "created", "reversed", "shuffled"), Parameter.Integer("seed"), Parameter.Integer("copies"));

    public IEnumerable<ApiRoute> Routes => new[]
    {
        ApiRoute.Post<StripeObject>("/_sandbox/reset", new ParameterSet(), _ => _ => Reset()),
        ApiRoute.Get<StripeObject>("/_sandbox/clock", new ParameterSet(), _ => _ => ShowClock()),
        ApiRoute.Post<StripeObject>("/_sandbox/clock", ClockParameters, SetClock),
        ApiRoute.Get<StripeObject>("/_sandbox/books", new ParameterSet(), _ => unit => BooksReport.Of(unit.Books)),
        ApiRoute.Get<StripeObject>("/_sandbox/deliveries", new ParameterSet(), _ => ShowDeliveries),
        ApiRoute.Post<StripeObject>("/_sandbox/deliveries", DeliveryParameters, SetDeliveries),
        ApiRoute.Post<Event>("/_sandbox/events/{id}/resend", new ParameterSet(), Resend),
    }.Select(route => route with { Access = Access.Control });

    private JsonReply Reset()
    {
        faults.Clear();
        gate.Reset();
        state.Reset();
        return ShowClock();
    }

    private Func<UnitOfWork, Reply> SetClock(ApiCall call)
    {
        var advance = call.Form.Integer("advance");
        if (advance is < 0 or > 10L * 366 * 24 * 60 * 60)
            throw ParameterErrors.ClockStep("advance");
        return unit =>
        {
            if (call.Form.Flag("freeze") == true)
                clock.Freeze();
            if (advance is { } seconds)
                agenda.Advance(TimeSpan.FromSeconds(seconds));
            if (call.Form.Flag("freeze") == false)
                clock.Resume();
            agenda.Rearm();
            unit.Put(clock.Setting);
            return ShowClock();
        };
    }

    private JsonReply ShowClock() => new(output =>
    {
        var setting = clock.Setting;
        output.Json.WriteStartObject();
        output.Number("now"u8, clock.NowSeconds);
        output.Flag("frozen"u8, setting.FrozenAtTicks is not null);
        output.Number("ahead_seconds"u8, (long)TimeSpan.FromTicks(setting.AheadTicks).TotalSeconds);
        output.Json.WriteEndObject();
    });

    private Func<UnitOfWork, Reply> SetDeliveries(ApiCall call)
    {
        var form = call.Form;
        if (form.Integer("copies") is < 1 or > MaxCopies)
            throw ParameterErrors.DeliveryCopies("copies", MaxCopies);
        return unit =>
        {
            if (form.Integer("copies") is { } copies)
                gate.Copies = (int)copies;
            if (form.Flag("hold") == true)
                gate.Hold();
            if (form.Text("release") is { } order || form.Flag("hold") == false)
                dispatcher.Release(Enum.Parse<ReleaseOrder>(form.Text("release") ?? "created", ignoreCase: true), (int?)form.Integer("seed"));
            return ShowDeliveries(unit);
        };
    }

    private JsonReply ShowDeliveries(UnitOfWork unit) => new(output =>
    {
        const int Shown = 100;
        var shelf = unit.Books.Shelf<Delivery>();
        var json = output.Json;
        json.WriteStartObject();
        output.Flag("holding"u8, gate.IsHolding);
        output.Number("held"u8, gate.HeldCount);
        output.Number("copies"u8, gate.Copies);
        json.WriteStartArray("deliveries"u8);
        for (var position = shelf.Count - 1; position >= Math.Max(0, shelf.Count - Shown); position--)
            WriteDelivery(output, unit, (Delivery)shelf[position].Value);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteDelivery(JsonOutput output, UnitOfWork unit, Delivery delivery)
    {
        output.Json.WriteStartObject();
        output.Text("id"u8, delivery.Id);
        output.Text("event"u8, delivery.Event);
        output.Text("type"u8, unit.Find<Event>(delivery.Event)?.Type);
        output.Text("endpoint"u8, delivery.Endpoint);
        output.Text("state"u8, delivery.State.Wire());
        output.Number("attempts"u8, delivery.Attempts);
        output.Number("last_status"u8, delivery.LastStatus);
        output.Number("retry_at"u8, delivery.RetryAt);
        output.Json.WriteEndObject();
    }

    private static Func<UnitOfWork, Reply> Resend(ApiCall call) => unit =>
    {
        var happened = unit.Claim<Event>(call.RouteId) ?? throw Refusal.NoSuch("event", call.RouteId, "id");
        return new ObjectReply(unit.Deliver(happened));
    };
}
