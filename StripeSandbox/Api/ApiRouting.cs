using StripeSandbox.Balance;
using StripeSandbox.Control;
using StripeSandbox.Disputes;
using StripeSandbox.Events;
using StripeSandbox.Faults;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Payments.Intents;
using StripeSandbox.Refunds;
using StripeSandbox.Webhooks;

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

        endpoints.MapGet("/three-ds/{id}", BankPage.ShowAsync);
        endpoints.Map(Unknown.Pattern, context => pipeline.RefuseAsync(context, Unknown));
        endpoints.Map("/_sandbox/{**rest}", context => pipeline.RefuseAsync(context, Unknown));
    }
}
