namespace PaymentApp.Security;

/// <summary>Turns away what names no host that an address can be made of: pages write links, and would fail at it.</summary>
internal static class HostCheck
{
    public static void UseHostCheck(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (Uri.TryCreate($"{Uri.UriSchemeHttp}{Uri.SchemeDelimiter}{context.Request.Host.Value}", UriKind.Absolute, out _))
            return next(context);

        // Without a page, which is what could not be written.
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });
}
