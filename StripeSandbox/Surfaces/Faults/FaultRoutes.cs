using System.Globalization;
using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Faults;

/// <summary>Switches faults on and off: <c>/_sandbox/faults</c>.</summary>
internal sealed class FaultRoutes(FaultBox faults)
{
    private const int DefaultLatency = 1_000;

    private static readonly string[] OnlyToRefuse = ["status", "error"];

    private static readonly ParameterSet AddParameters = new(
        Parameter.Choice("kind", FaultKinds.Names).Required(), Parameter.Text("route"), Parameter.Integer("count"), Parameter.Integer("skip"),
        Parameter.Text("probability"), Parameter.Integer("latency_ms"), Parameter.Integer("seed"), Parameter.Text("parameter"),
        Parameter.Integer("status"),
        Parameter.Object("error", Parameter.Choice("type", "api_error", "card_error", "idempotency_error", "invalid_request_error"),
            Parameter.Text("code"), Parameter.Text("decline_code"), Parameter.Text("message"), Parameter.Text("param")));

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post<StripeObject>("/_sandbox/faults", AddParameters, Add) with { Access = Access.Control },
        ApiRoute.Get<StripeObject>("/_sandbox/faults", new ParameterSet(), _ => _ => List()) with { Access = Access.Control },
        ApiRoute.Delete<StripeObject>("/_sandbox/faults", _ => _ =>
        {
            faults.Clear();
            return List();
        }) with { Access = Access.Control },
    ];

    private Func<UnitOfWork, Reply> Add(ApiCall call)
    {
        var form = call.Form;
        var kind = FaultKinds.Parse(form.Text("kind")!);
        if (kind != FaultKind.Refuse && Array.Find(OnlyToRefuse, form.Has) is { } misplaced)
            throw ParameterErrors.OnlyWhere(misplaced, "kind", "refuse");
        if (kind == FaultKind.ResetBefore && form.Has("parameter"))
            throw ParameterErrors.UnreadRequest("parameter");
        var rule = new FaultRule(
            Ids.New("flt_"),
            kind,
            FaultBox.Normalize(form.Text("route") ?? FaultBox.EveryRoute),
            (int?)Range(form, "count", 1, int.MaxValue),
            (int)(Range(form, "skip", 0, int.MaxValue) ?? 0),
            Probability(form.Text("probability")),
            TimeSpan.FromMilliseconds(Range(form, "latency_ms", 0, 600_000) ?? DefaultLatency),
            (int)(Range(form, "seed", 0, int.MaxValue) ?? Random.Shared.Next()))
        {
            Parameter = form.Text("parameter"),
            Refusal = kind == FaultKind.Refuse ? ReadRefusal(form) : null,
        };
        return _ =>
        {
            faults.Add(rule);
            return List();
        };
    }

    private static Refusal ReadRefusal(FormNode form)
    {
        var error = form["error"];
        return new Refusal((int)(Range(form, "status", 400, 599) ?? StatusCodes.Status400BadRequest), new Failure
        {
            Type = error?.Text("type") ?? "invalid_request_error",
            Code = error?.Text("code"),
            DeclineCode = error?.Text("decline_code"),
            Message = error?.Text("message") ?? "Refused, because a fault says so.",
            Param = error?.Text("param"),
        });
    }

    private JsonReply List() => new(output =>
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartArray("faults"u8);
        foreach (var rule in faults.Rules)
        {
            json.WriteStartObject();
            output.Text("id"u8, rule.Id);
            output.Text("kind"u8, rule.Kind.Wire());
            output.Text("route"u8, rule.Route);
            output.Text("parameter"u8, rule.Parameter);
            output.Number("remaining"u8, rule.Remaining);
            json.WriteNumber("probability"u8, rule.Probability);
            output.Number("latency_ms"u8, (long)rule.Latency.TotalMilliseconds);
            output.Number("waiting"u8, rule.Waiting);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static long? Range(FormNode form, string name, long from, long to) => form.Integer(name) is not { } value ? null
        : value >= from && value <= to ? value
        : throw ParameterErrors.OutOfRange(name, from, to);

    private static double Probability(string? text) => text is null ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1 ? value
        : throw ParameterErrors.NotAProbability("probability");
}
