using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PaymentApp.Desk;

/// <summary>Finds settings of the desk that would lock its owner out, or let somebody in, before the app starts.</summary>
internal sealed partial class DeskOptionsValidator(IPasswordHasher<DeskAccount> hasher) : IValidateOptions<DeskOptions>
{
    public ValidateOptionsResult Validate(string? name, DeskOptions options)
    {
        var problems = options.Accounts.SelectMany(ProblemsOf).Concat(ProblemsOf(options.OpenIdConnect)).ToList();
        // No address may break into the mail's headers, nor be a comment or a group, which MimeKit would take.
        if (options.NotifyAddresses.Any(address => !MailAddress().IsMatch(address)))
            problems.Add("Desk:NotifyEmail holds what is no e-mail address; several are separated by commas.");
        if (options.Accounts.GroupBy(account => account.Name, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1))
            problems.Add("Desk:Accounts names one account twice.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    [GeneratedRegex(@"\A[^@\s<>""(),:;\\\[\]\p{C}]+@[^@\s<>""(),:;\\\[\]\p{C}]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex MailAddress();

    private IEnumerable<string> ProblemsOf(DeskAccount account, int index)
    {
        var key = $"Desk:Accounts:{index}";
        if (string.IsNullOrWhiteSpace(account.Name) || account.Name.Length > SignIn.Longest)
            yield return $"{key}:Name is missing or longer than {SignIn.Longest} characters.";
        if (account.Role is not (DeskRoles.Viewer or DeskRoles.Operator))
            yield return $"{key}:Role is viewer or operator.";
        if (!IsHash(account))
            yield return $"{key}:PasswordHash is none: dotnet run --project PaymentApp -- hash-password makes one.";
    }

    private static IEnumerable<string> ProblemsOf(DeskOpenIdConnectOptions provider)
    {
        if (!provider.IsSet)
            yield break;
        if (provider.Authority is not { IsAbsoluteUri: true, Scheme: "https" } && provider.Authority is not { IsLoopback: true })
            yield return "Desk:OpenIdConnect:Authority is the https address of the provider.";
        if (string.IsNullOrWhiteSpace(provider.ClientId))
            yield return "Desk:OpenIdConnect:ClientId is missing.";
    }

    // The hasher says so of a text that it could not have made: it is no password's hash, or none of base 64.
    private bool IsHash(DeskAccount account)
    {
        Span<byte> decoded = stackalloc byte[256];
        return account.PasswordHash.Length is > 32 and < 256
            && Convert.TryFromBase64String(account.PasswordHash, decoded, out var length)
            && length > 32 && decoded[0] is 0 or 1
            && hasher.VerifyHashedPassword(account, account.PasswordHash, "") is PasswordVerificationResult.Failed;
    }
}
