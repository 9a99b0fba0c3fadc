using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PaymentApp.Desk.Queries;
using PaymentApp.Payments;

namespace PaymentApp.Desk;

/// <summary>
/// Searches by e-mail address without the address ever standing in a link: links are logged, by proxies at least, and
/// kept in histories. A link holds it encrypted; only this shop reads it.
/// </summary>
internal sealed class EmailSearch(IDataProtectionProvider protection)
{
    private const int LongestToken = 2000;

    private readonly IDataProtector _protector = protection.CreateProtector("PaymentApp.Desk.EmailSearch");

    public SearchedEmail For(EmailAddress address) => new(address, _protector.Protect(address.Value));

    /// <summary>Reads what stands in a link; null where it is none of this shop's, or its keys are gone.</summary>
    public SearchedEmail? Read(string? token)
    {
        if (token is not { Length: > 0 and <= LongestToken })
            return null;
        try
        {
            return EmailAddress.TryParse(_protector.Unprotect(token), out var address) ? new SearchedEmail(address, token) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Takes what is typed into the search field, and leads to what it finds.</summary>
internal static class DeskSearch
{
    public const string Path = DeskPaths.Root + "/search";

    public const string Field = "q";

    /// <summary>What the list is told where something looks like an address and is none.</summary>
    public const string NoAddress = "address";

    public static void MapDeskSearch(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Search).RequireAuthorization(DeskPolicies.Look);

    private static IResult Search(IFormCollection form, EmailSearch emails, TimeProvider clock)
    {
        var text = form[Field].ToString().Trim();
        if (EmailAddress.TryParse(text, out var address))
        {
            var filter = new PaymentFilter(DayRange.LongestUntil(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), Email: emails.For(address));
            return Results.LocalRedirect(DeskPaths.Root + filter.ToQuery());
        }

        return Results.LocalRedirect(DeskPaths.Root + (
            text.Length == 0 ? ""
            : text.Contains('@', StringComparison.Ordinal) ? $"?no={NoAddress}"
            : $"?{Field}={Uri.EscapeDataString(text)}"));
    }
}
