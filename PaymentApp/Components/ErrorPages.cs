using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace PaymentApp.Components;

/// <summary>Gives every failure that reaches the browser a page that says what to do next (invariant 9).</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true, StatusCodeSelector = StatusOf });

        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use(static async (HttpContext context, RequestDelegate next) =>
        {
            // Posting to an error page would fail for the reason that led to it.
            if (IsErrorPage(context) && !HttpMethods.IsHead(context.Request.Method))
                context.Request.Method = HttpMethods.Get;

            await next(context);

            // Blazor refuses a forged or stale post with a content type and no body, and what has a type gets no page.
            if (context.Response is { HasStarted: false, StatusCode: >= 400 })
                context.Response.ContentType = null;
        });
    }

    /// <summary>What will soon be over is no fault: a database that has too much to do, or is away for a moment.</summary>
    private static int StatusOf(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { IsTransient: true })
                return StatusCodes.Status503ServiceUnavailable;
        }

        return StatusCodes.Status500InternalServerError;
    }

    private static bool IsErrorPage(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;
}
