using StripeSandbox.Books;
using StripeSandbox.Calls;
using StripeSandbox.Errors;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Endpoints;

/// <summary>https://docs.stripe.com/api/events</summary>
internal static class EventEndpoints
{
    private static readonly ParameterSet ListParameters =
        Listing.Parameters.With(Parameter.Flag("delivery_success"), Parameter.Text("type"), Parameter.TextList("types"));

    public static IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get<Event>("/v1/events", ListParameters, List) with { IsList = true },
        ApiRoute.Get<Event>("/v1/events/{id}", new ParameterSet(), call => unit =>
            new ObjectReply(unit.Find<Event>(call.RouteId) ?? throw Refusal.NoSuch("event", call.RouteId, "id"))),
    ];

    private static Func<UnitOfWork, Reply> List(ApiCall call)
    {
        var types = call.Form.TextList("types")?.ToHashSet();
        if (call.Form.Text("type") is { } type)
        {
            if (types is not null)
                throw ParameterErrors.OnlyOneOf("type", "types");
            types = [type];
        }

        var delivered = call.Form.Flag("delivery_success");
        return Listing.Prepare<Event>(call, happened =>
            (types is null || types.Any(wanted => Matches(wanted, happened.Type)))
            && (delivered is null || delivered == (happened.PendingDeliveries == 0)));
    }

    // charge.* stands for every type below it.
    private static bool Matches(string wanted, string type) =>
        wanted.EndsWith(".*", StringComparison.Ordinal) ? type.StartsWith(wanted[..^1], StringComparison.Ordinal) : wanted == type;
}
