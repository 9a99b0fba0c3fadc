using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace PaymentApp.Desk;

/// <summary>Who the accounts of the desk are, and whether there is a way in at all.</summary>
internal sealed class DeskAccess
{
    /// <summary>The account that Development has when no other is configured; the sign-in page shows both words.</summary>
    public const string DemoName = "operator";
    public const string DemoPassword = "small-hours";

    // The demo password's own hash, made once: every node knows the same one, a restart signs nobody out, and no start
    // waits for a hash that is slow on purpose.
    private const string DemoHash = "AQAAAAIAAYagAAAAEHjq7cqRzVJZVGIjFpNODJWbqTrKW/ze/QJZqnSwi85cDUZ9z74xZgiSM8yyZRfzGg==";

    private const string StampClaim = "desk_stamp";

    private readonly Dictionary<string, DeskAccount> _accounts;

    public DeskAccess(IOptions<DeskOptions> options, IHostEnvironment environment)
    {
        HasProvider = options.Value.OpenIdConnect.IsSet;
        IsDemo = options.Value.Accounts.Count == 0 && !HasProvider && environment.IsDevelopment();
        var demo = new DeskAccount { Name = DemoName, Role = DeskRoles.Operator, PasswordHash = DemoHash };
        _accounts = (IsDemo ? [demo] : options.Value.Accounts).ToDictionary(account => account.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether anybody can sign in; where nobody can, there is no desk.</summary>
    public bool IsOpen => HasAccounts || HasProvider;

    public bool HasAccounts => _accounts.Count > 0;

    public bool HasProvider { get; }

    /// <summary>Whether the one account is the demo's.</summary>
    public bool IsDemo { get; }

    public DeskAccount? Find(string name) => _accounts.GetValueOrDefault(name);

    public static ClaimsPrincipal PrincipalOf(DeskAccount account) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, account.Name), new(ClaimTypes.Role, account.Role), new(StampClaim, StampOf(account))],
        DeskCookie.Scheme));

    /// <summary>Whether a cookie's owner still is who it says: a removed account, another password or role ends its sessions.</summary>
    public bool IsCurrent(ClaimsPrincipal principal) =>
        principal.FindFirstValue(StampClaim) is not { } stamp
            ? HasProvider
            : Find(principal.Identity?.Name ?? "") is { } account && stamp == StampOf(account);

    private static string StampOf(DeskAccount account) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.PasswordHash}\n{account.Role}")));
}
