using System.Net;

namespace PaymentApp.Operations.CheckStripe;

/// <summary>Keeps the last exchange of a client with Stripe.</summary>
internal sealed class ExchangeRecorder : DelegatingHandler
{
    // What every request carries and no check is about, and what only Stripe and the shopper's browser should know.
    private static readonly string[] Unsaid = ["expand", "metadata", "description", "client_secret"];

    public Exchange? Last { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await DescribeAsync(request, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Last = Exchange.Of(sent, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            return response;
        }
        catch (HttpRequestException exception)
        {
            Last = new Exchange(sent, Status: null, $"{exception.HttpRequestError}");
            throw;
        }
        catch (OperationCanceledException)
        {
            Last = new Exchange(sent, Status: null, "it took too long");
            throw;
        }
    }

    private static async Task<string> DescribeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var form = request.Content is null ? address.Query.TrimStart('?') : await request.Content.ReadAsStringAsync(cancellationToken);
        var parameters = form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(WebUtility.UrlDecode)
            .Where(parameter => !Unsaid.Contains(parameter!.Split('[', '=')[0]));
        return string.Join(' ', [request.Method.Method, address.AbsolutePath, .. parameters]);
    }
}
