namespace PaymentApp.Preferences;

/// <summary>
/// Takes a form from the shop's own pages only, by what browsers say of where a request comes from:
/// https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site, or the origin where they do not. A request
/// that says neither comes from no browser of the last years. Only for what costs a visitor nothing: every other form has a
/// token.
/// </summary>
internal static class OwnPages
{
    private const string SameOrigin = "same-origin";

    public static ValueTask<object?> OnlyAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        ArgumentNullException.ThrowIfNull(next);
        return IsFromOwnPage(invocation.HttpContext.Request) ? next(invocation) : ValueTask.FromResult<object?>(TypedResults.BadRequest());
    }

    private static bool IsFromOwnPage(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site == SameOrigin;

        return request.Headers.Origin is not { Count: > 0 } origin || origin == $"{request.Scheme}://{request.Host}";
    }
}
