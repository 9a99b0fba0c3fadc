using System.Net.Http.Headers;
using System.Text;

namespace Stripe;

/// <summary>
/// Sends requests with <see cref="HttpClient"/>, again after a broken connection, a timeout, a 409, a 5xx or where
/// Stripe says so (not after a 429), waiting 0.5 s, then twice as long each time, up to 5 s.
/// </summary>
/// <param name="httpClient">Yours, with your timeout; null for one that gives each try 80 s.</param>
/// <param name="maxNetworkRetries">Tries after the first.</param>
/// <param name="appInfo">Names a plugin in the User-Agent.</param>
/// <param name="enableTelemetry">Tells Stripe the platform; unlike the official client, this one measures nothing.</param>
public class SystemNetHttpClient(
    HttpClient httpClient = null,
    int maxNetworkRetries = 2,
    AppInfo appInfo = null,
    bool enableTelemetry = true) : IHttpClient
{
    private static readonly Lazy<HttpClient> Default = new(() => new HttpClient { Timeout = TimeSpan.FromSeconds(80) });

    private readonly HttpClient httpClient = httpClient ?? Default.Value;
    private readonly string userAgent = $"Stripe/V1 .NetBindings/{ApiVersion.Package}" + (appInfo is null ? "" : " " + appInfo.UserAgent);
    private readonly string clientUserAgent = ClientUserAgent.Header(appInfo, withPlatform: enableTelemetry);

    async Task<StripeResponse> IHttpClient.MakeRequestAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                using var message = Message(request);
                using var response = await httpClient.SendAsync(message, cancellationToken).ConfigureAwait(false);
                if (retry >= maxNetworkRetries || !RetryPolicy.Wants(response))
                    return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (retry < maxNetworkRetries && RetryPolicy.Wants(exception, cancellationToken))
            {
                // Answered by the next try.
            }

            await Task.Delay(RetryPolicy.Delay(retry), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<StripeResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        response.Headers,
        await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));

    private HttpRequestMessage Message(StripeRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri);
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.ApiKey);
        message.Headers.Add("X-Stripe-Client-User-Agent", clientUserAgent);
        foreach (var (name, value) in request.Headers)
            message.Headers.Add(name, value);

        if (request.Body is not null)
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/x-www-form-urlencoded");

        return message;
    }
}
