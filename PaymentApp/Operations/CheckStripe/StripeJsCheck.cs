using PaymentApp.Stripe;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>Whether the page will get Stripe.js from where it looks for it.</summary>
internal sealed class StripeJsCheck(IHttpMessageHandlerFactory handlers) : IStripeCheck
{
    private static readonly Uri PageOnThisMachine = new("http://127.0.0.1/");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<bool> RunAsync(StripeUnderCheck stripe, CheckReport report, CancellationToken cancellationToken)
    {
        var address = stripe.Connection.StripeJsUrlFor(PageOnThisMachine);
        using var http = new HttpClient(handlers.CreateHandler(StripeClientFactory.HttpClientName), disposeHandler: false) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var type = answer.Content.Headers.ContentType?.MediaType;
            var line = $"Stripe.js: GET {address} -> {(int)answer.StatusCode} {type}";
            if (answer.IsSuccessStatusCode && type?.Contains("javascript", StringComparison.OrdinalIgnoreCase) == true)
                report.Ok(line);
            else
                report.NotOk($"{line}, not a script. {Advice(stripe)}");
        }
        catch (HttpRequestException exception)
        {
            report.NotOk($"Stripe.js: GET {address} -> no answer ({exception.HttpRequestError}). {Advice(stripe)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            report.NotOk($"Stripe.js: GET {address} -> no answer (it took too long). {Advice(stripe)}");
        }

        return true;
    }

    private static string Advice(StripeUnderCheck stripe) =>
        $"Leave Stripe:StripeJsUrl unset for Stripe's own https://js.stripe.com{stripe.Dialect.Version.StripeJsPath}.";
}
