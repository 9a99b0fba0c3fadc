using System.Net;
using System.Runtime.CompilerServices;

namespace Stripe;

/// <summary>A resource of the API.</summary>
public abstract class Service
{
    private readonly ApiRequestor requestor;

    private protected Service(ApiRequestor requestor) => this.requestor = requestor;

    private protected Service(IStripeClient client)
        : this(client.Requestor)
    {
    }

    private protected static string Segment(string id) => WebUtility.UrlEncode(id);

    private protected Task<T> GetAsync<T>(string path, BaseOptions options, RequestOptions requestOptions, CancellationToken cancellationToken)
        where T : StripeEntity =>
        requestor.SendAsync<T>(HttpMethod.Get, path, options, requestOptions, cancellationToken);

    private protected Task<T> PostAsync<T>(string path, BaseOptions options, RequestOptions requestOptions, CancellationToken cancellationToken)
        where T : StripeEntity =>
        requestor.SendAsync<T>(HttpMethod.Post, path, options, requestOptions, cancellationToken);

    private protected async IAsyncEnumerable<T> PagesAsync<T>(
        string path,
        ListOptions options,
        RequestOptions requestOptions,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : StripeEntity, IHasId
    {
        var cursor = options?.Copy() ?? new ListOptions();
        var backwards = !string.IsNullOrEmpty(cursor.EndingBefore) && string.IsNullOrEmpty(cursor.StartingAfter);
        while (true)
        {
            var page = await GetAsync<StripeList<T>>(path, cursor, requestOptions, cancellationToken).ConfigureAwait(false);
            if (backwards)
                page.Data.Reverse();

            foreach (var item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            var last = page.Data.LastOrDefault()?.Id;
            if (!page.HasMore || string.IsNullOrEmpty(last))
                yield break;

            if (backwards)
                cursor.EndingBefore = last;
            else
                cursor.StartingAfter = last;
        }
    }
}
