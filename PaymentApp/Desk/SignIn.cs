using Microsoft.AspNetCore.Identity;

namespace PaymentApp.Desk;

/// <summary>How a sign-in came out.</summary>
internal abstract record SignInResult
{
    private SignInResult()
    {
    }

    public sealed record Accepted(DeskAccount Account) : SignInResult;

    /// <summary>The name or the password is wrong; which of the two is not said.</summary>
    public sealed record Rejected : SignInResult;

    /// <summary>Too many failures for this name or from this address; the password was not looked at.</summary>
    public sealed record LockedOut : SignInResult;
}

/// <summary>Checks names and passwords, and stops who guesses.</summary>
internal sealed partial class SignIn(
    DeskAccess access, IPasswordHasher<DeskAccount> hasher, SignInFailures failures, DeskMetrics metrics, ILogger<SignIn> logger)
{
    /// <summary>The longest name and password that are looked at.</summary>
    public const int Longest = 128;

    // An unknown name costs as much time as a wrong password, so neither tells of the other.
    private readonly string _nobody = hasher.HashPassword(new DeskAccount(), Guid.NewGuid().ToString());

    /// <param name="address">Where the attempt comes from; null where it is not known.</param>
    public SignInResult Check(string? name, string? password, string? address)
    {
        if (name is not { Length: > 0 and <= Longest } || password is not { Length: > 0 and <= Longest })
            return new SignInResult.Rejected();
        // Counted before the password is looked at: guesses that come all at once are counted too.
        if (!failures.TryCount(name, address))
        {
            metrics.SignInLimited();
            Log.LockedOut(logger, address);
            return new SignInResult.LockedOut();
        }

        var account = access.Find(name);
        var verdict = hasher.VerifyHashedPassword(account ?? new DeskAccount(), account?.PasswordHash ?? _nobody, password);
        if (account is null || verdict is PasswordVerificationResult.Failed)
        {
            Log.Rejected(logger, address);
            return new SignInResult.Rejected();
        }

        failures.Forget(name, address);
        Log.Accepted(logger, account.Name, address);
        return new SignInResult.Accepted(account);
    }

    // A rejected name may be a password that was typed into the wrong field: it is not logged.
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Operator} signed in to the desk from {Address}")]
        public static partial void Accepted(ILogger logger, string @operator, string? address);

        [LoggerMessage(2, LogLevel.Warning, "A sign-in to the desk from {Address} was rejected")]
        public static partial void Rejected(ILogger logger, string? address);

        [LoggerMessage(3, LogLevel.Warning, "Sign-ins to the desk from {Address}, or under the name that it gave, are locked out after too many failures")]
        public static partial void LockedOut(ILogger logger, string? address);
    }
}
