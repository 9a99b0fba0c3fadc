using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Desk;

/// <summary>Who may use the operators' desk. Section <c>Desk</c>; without accounts and provider the desk is closed outside Development.</summary>
public sealed class DeskOptions
{
    public const string Section = "Desk";

    /// <summary>The accounts that sign in with a password.</summary>
    public IList<DeskAccount> Accounts { get; } = [];

    /// <summary>The setting of <see cref="NotifyAddresses"/>.</summary>
    public const string NotifyEmail = Section + ":NotifyEmail";

    /// <summary>How often they are told at most: what comes up in between is one mail.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Desk:NotifyEvery is between a minute and a day.")]
    public TimeSpan NotifyEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Who is told by mail of what newly needs a person; nobody where it is empty. The setting <c>Desk:NotifyEmail</c> is one
    /// address, several separated by commas, or a list.
    /// </summary>
    internal IReadOnlyList<string> NotifyAddresses { get; set; } = [];

    /// <summary>The provider that operators sign in with, beside the accounts or in place of them.</summary>
    public DeskOpenIdConnectOptions OpenIdConnect { get; } = new();
}

/// <summary>One account of the desk.</summary>
public sealed class DeskAccount
{
    /// <summary>What its owner signs in as, and what the timeline calls them.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the command <c>hash-password</c> printed.</summary>
    public string PasswordHash { get; set; } = "";

    /// <summary><c>viewer</c> looks; <c>operator</c> acts too.</summary>
    public string Role { get; set; } = DeskRoles.Viewer;
}

/// <summary>Sign-in by OpenID Connect: https://learn.microsoft.com/aspnet/core/security/authentication/configure-oidc-web-authentication.</summary>
public sealed class DeskOpenIdConnectOptions
{
    /// <summary>The provider's address, below which <c>.well-known/openid-configuration</c> is found.</summary>
    public Uri? Authority { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The claim of the ID token that names the roles of who signs in.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The provider's role whose members look and act.</summary>
    public string OperatorRole { get; set; } = DeskRoles.Operator;

    /// <summary>The provider's role whose members look.</summary>
    public string ViewerRole { get; set; } = DeskRoles.Viewer;

    internal bool IsSet => Authority is not null || !string.IsNullOrWhiteSpace(ClientId);
}

/// <summary>What people at the desk may do.</summary>
internal static class DeskRoles
{
    public const string Viewer = "viewer";

    public const string Operator = "operator";
}
