namespace StripeSandbox.Guard;

/// <summary>Whom a sandbox answers, and by which keys.</summary>
internal sealed record AccessSettings
{
    /// <summary>Stands for every secret test key.</summary>
    public const string AnySecretKey = "sk_test_sandbox";

    /// <summary>Stands for every publishable test key.</summary>
    public const string AnyPublishableKey = "pk_test_sandbox";

    public required string SecretKey { get; init; }

    public required string PublishableKey { get; init; }

    /// <summary>Whether the account gets a pair of keys of its own, kept with the data.</summary>
    public required bool MakesKeys { get; init; }

    /// <summary>Whether the dashboard and the control surface answer other machines too.</summary>
    public required bool AllowsRemoteControl { get; init; }

    /// <summary>Host names that were named to the sandbox: those that it listens at, and those that were allowed.</summary>
    public required IReadOnlyCollection<string> HostNames { get; init; }
}
