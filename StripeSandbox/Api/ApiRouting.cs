using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Payments.Intents;

namespace StripeSandbox.Api;

/// <summary>Every endpoint of the API, in one place.</summary>
internal static class ApiRouting
{
    private static readonly ApiRoute[] Routes =
    [
        .. IntentEndpoints.Routes,
        .. PaymentMethodEndpoints.Routes,
        .. ChargeEndpoints.Routes,
        .. ChallengeEndpoints.Routes,
    ];

    private static readonly ApiRoute Unknown = ApiRoute.Get<StripeObject>("/v1/{**rest}", new ParameterSet(), _ => throw new InvalidOperationException());

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.ServiceProvider.GetRequiredService<ApiPipeline>();
        foreach (var route in Routes)
        {
            endpoints.MapMethods(route.Pattern, [route.Method], context => pipeline.HandleAsync(context, route));
            if (route.Access == Access.SecretOrPublishableKey)
                endpoints.MapMethods(route.Pattern, [HttpMethods.Options], AnswerHeaders.PreflightAsync);
        }

        endpoints.Map(Unknown.Pattern, context => pipeline.RefuseAsync(context, Unknown));
    }
}
