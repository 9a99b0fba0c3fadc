using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stripe;

/// <summary>Turns a service's call into a request, and the answer into an object or an exception.</summary>
internal sealed class ApiRequestor
{
    private readonly string apiKey;
    private readonly string apiBase;
    private readonly string account;
    private readonly string context;
    private readonly IHttpClient httpClient;

    public ApiRequestor(StripeClientOptions options)
    {
        if (options.ApiKey is "")
            throw new ArgumentException("The API key is empty.", nameof(options));

        if (options.ApiKey is not null && options.ApiKey.Any(char.IsWhiteSpace))
            throw new ArgumentException("The API key holds white space.", nameof(options));

        apiKey = options.ApiKey;
        apiBase = options.ApiBase ?? "https://api.stripe.com";
        account = options.StripeAccount;
        context = options.StripeContext;
        httpClient = options.HttpClient ?? new SystemNetHttpClient();
    }

    public async Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        BaseOptions options,
        RequestOptions requestOptions,
        CancellationToken cancellationToken)
        where T : StripeEntity
    {
        var request = Request(method, path, options, requestOptions ?? new RequestOptions());
        var response = await httpClient.MakeRequestAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.OK ? Read<T>(response) : throw Failure(response);
    }

    private StripeRequest Request(HttpMethod method, string path, BaseOptions options, RequestOptions requestOptions)
    {
        var key = requestOptions.ApiKey ?? apiKey
            ?? throw new StripeException("No API key: set StripeClientOptions.ApiKey or RequestOptions.ApiKey.");

        var form = FormWriter.Encode(options);
        var isPost = method == HttpMethod.Post;
        var uri = new Uri(apiBase + path + (isPost || form.Length == 0 ? "" : "?" + form));

        return new StripeRequest(method, uri, isPost ? form : null, key, [.. Headers()]);

        IEnumerable<KeyValuePair<string, string>> Headers()
        {
            yield return new("Stripe-Version", ApiVersion.Current);

            if ((requestOptions.StripeAccount ?? account) is { Length: > 0 } forAccount)
                yield return new("Stripe-Account", forAccount);

            if ((requestOptions.StripeContext ?? context) is { Length: > 0 } inContext)
                yield return new("Stripe-Context", inContext);

            if (requestOptions.IdempotencyKey is { Length: > 0 } given)
                yield return new("Idempotency-Key", given);
            else if (isPost)
                yield return new("Idempotency-Key", Guid.NewGuid().ToString());
        }
    }

    private static T Read<T>(StripeResponse response)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Content, (JsonTypeInfo<T>)StripeJsonContext.Default.GetTypeInfo(typeof(T)));
        }
        catch (JsonException)
        {
            throw Unreadable(response);
        }
    }

    private static StripeException Failure(StripeResponse response)
    {
        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(response.Content);
        }
        catch (JsonException)
        {
            return Unreadable(response);
        }

        using (body)
        {
            if (!body.RootElement.TryGetProperty("error", out var error))
                return Unreadable(response);

            // OAuth answers {"error":"…","error_description":"…"}: there the whole body is the error.
            var stripeError = (error.ValueKind == JsonValueKind.String ? body.RootElement : error)
                .Deserialize(StripeJsonContext.Default.StripeError);

            return new StripeException(response.StatusCode, stripeError, stripeError.Message ?? stripeError.ErrorDescription)
            {
                StripeResponse = response,
            };
        }
    }

    private static StripeException Unreadable(StripeResponse response) =>
        new(response.StatusCode, null, $"Invalid response object from API: \"{response.Content}\"") { StripeResponse = response };
}
