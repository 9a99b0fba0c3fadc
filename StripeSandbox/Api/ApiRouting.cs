using StripeSandbox.Balance;
using StripeSandbox.Control;
using StripeSandbox.Customers;
using StripeSandbox.Disputes;
using StripeSandbox.Events;
using StripeSandbox.Faults;
using StripeSandbox.Forms;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Payments.Intents;
using StripeSandbox.Refunds;
using StripeSandbox.Setups;
using StripeSandbox.Webhooks;

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

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.ServiceProvider.GetRequiredService<ApiPipeline>();
        var control = endpoints.ServiceProvider.GetRequiredService<ControlRoutes>();
        var faults = endpoints.ServiceProvider.GetRequiredService<FaultRoutes>();
        foreach (var route in Routes.Concat(control.Routes).Concat(faults.Routes))
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
