using StripeSandbox.Calls;
using StripeSandbox.Control;
using StripeSandbox.Endpoints;
using StripeSandbox.Endpoints.Customers;
using StripeSandbox.Endpoints.Intents;
using StripeSandbox.Endpoints.Methods;
using StripeSandbox.Endpoints.Setups;
using StripeSandbox.Faults;
using StripeSandbox.Forms;
using StripeSandbox.Objects;

namespace StripeSandbox.Api;

/// <summary>Every endpoint of the API, in one place.</summary>
internal static class ApiRouting
{
    private static readonly ApiRoute[] Routes =
    [
        .. IntentEndpoints.Routes,
        .. SetupEndpoints.Routes,
        .. PaymentMethodEndpoints.Routes,
        .. CustomerEndpoints.Routes,
        .. ChargeEndpoints.Routes,
        .. ChallengeEndpoints.Routes,
        .. RefundEndpoints.Routes,
        .. BalanceEndpoints.Routes,
        .. DisputeEndpoints.Routes,
        .. EventEndpoints.Routes,
        .. WebhookEndpointRoutes.Routes,
    ];

    private static readonly ApiRoute Unknown = ApiRoute.Get<StripeObject>("/v1/{**rest}", new ParameterSet(), _ => throw new InvalidOperationException());

    /// <summary>Stripe's endpoints and the sandbox's own.</summary>
    public static IEnumerable<ApiRoute> All(IServiceProvider services) =>
        [.. Routes, .. services.GetRequiredService<ControlRoutes>().Routes, .. services.GetRequiredService<FaultRoutes>().Routes];

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.ServiceProvider.GetRequiredService<ApiPipeline>();
        foreach (var route in All(endpoints.ServiceProvider))
        {
            endpoints.MapMethods(route.Pattern, [route.Method], context => pipeline.HandleAsync(context, route));
            if (route.Access == Access.SecretOrPublishableKey)
                endpoints.MapMethods(route.Pattern, [HttpMethods.Options], AnswerSender.PreflightAsync);
        }

        endpoints.Map(Unknown.Pattern, context => pipeline.RefuseAsync(context, Unknown));
        endpoints.Map("/_sandbox/{**rest}", context => pipeline.RefuseAsync(context, Unknown));
    }
}
