namespace StripeSandbox;

/// <summary>What a sandbox listens on and whom it answers.</summary>
public sealed class SandboxOptions
{
    /// <summary>The account that everything belongs to.</summary>
    internal const string Account = "acct_1StripeSandbox0";

    /// <summary>Where the sandbox listens; port 0 takes a free one.</summary>
    public string Url { get; set; } = "http://127.0.0.1:12111";

    /// <summary>The secret key that the API answers to.</summary>
    public string SecretKey { get; set; } = "sk_test_sandbox";

    /// <summary>The publishable key that Stripe.js is started with.</summary>
    public string PublishableKey { get; set; } = "pk_test_sandbox";

    /// <summary>The file that keeps everything across restarts; null keeps it in memory only.</summary>
    public string? Data { get; set; }

    /// <summary>Whether the control surface under <c>/_sandbox/</c> answers other machines too.</summary>
    public bool AllowRemoteControl { get; set; }
}
