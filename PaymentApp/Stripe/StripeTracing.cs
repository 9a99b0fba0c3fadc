using System.Buffers;
using System.Diagnostics;
using PaymentApp.Payments;

namespace PaymentApp.Stripe;

/// <summary>The span of a call to Stripe with its retries, each of which is a span of the HTTP client below it.</summary>
internal static class StripeTracing
{
    public const string Operation = "stripe.operation";

    public const string Answer = "stripe.answer";

    /// <summary>The header by which Stripe names a request: https://docs.stripe.com/api/request_ids.</summary>
    public const string RequestIdHeader = "Request-Id";

    private static readonly SearchValues<char> RequestIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static Activity? Start(string operation) => PaymentTracing.Source.HasListeners()
        ? PaymentTracing.Source.StartActivity($"stripe {operation}", ActivityKind.Client)?.SetTag(Operation, operation)
        : null;

    public static void SetAnswer<T>(this Activity? activity, GatewayAnswer<T> answer)
    {
        if (activity is null)
            return;
        activity.SetTag(Answer, LabelOf(answer));
        switch (answer)
        {
            case GatewayAnswer<T>.Rejected { Failure: var failure }:
                activity.SetFailed(PaymentTracing.CodeOf(failure));
                break;
            case GatewayAnswer<T>.Overtaken { Failure: var failure }:
                activity.SetFailed(PaymentTracing.CodeOf(failure));
                break;
            case GatewayAnswer<T>.NotExecuted { Failure: var failure }:
                activity.SetFailed(PaymentTracing.CodeOf(failure));
                break;
            case GatewayAnswer<T>.Unknown:
                activity.SetFailed("outcome_unknown");
                break;
        }
    }

    public static string LabelOf<T>(GatewayAnswer<T> answer) => answer switch
    {
        GatewayAnswer<T>.Answered => "answered",
        GatewayAnswer<T>.Rejected => "rejected",
        GatewayAnswer<T>.Overtaken => "overtaken",
        GatewayAnswer<T>.NotExecuted => "not_executed",
        GatewayAnswer<T>.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    /// <summary>Stripe's id of the request that was answered; null where none or an odd one came.</summary>
    public static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(RequestIdHeader, out var ids) ? RequestId(ids.FirstOrDefault()) : null;

    /// <summary>The text, if it is shaped like a request id.</summary>
    public static string? RequestId(string? text) =>
        text is { Length: > 4 and <= 64 } && text.StartsWith("req_", StringComparison.Ordinal) && text.AsSpan(4).IndexOfAnyExcept(RequestIdCharacters) < 0 ? text : null;
}

/// <summary>Keeps on the span of a call which request of Stripe's it was; of several, the last.</summary>
internal sealed class StripeRequestIdHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (Activity.Current is { Source.Name: PaymentTracing.SourceName } call && StripeTracing.RequestIdOf(response) is { } id)
            call.SetTag(PaymentTracing.RequestId, id);
        return response;
    }
}
