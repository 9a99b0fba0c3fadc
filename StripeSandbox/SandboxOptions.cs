using StripeSandbox.Guard;

namespace StripeSandbox;

/// <summary>What a sandbox listens on and whom it answers.</summary>
public sealed class SandboxOptions
{
    /// <summary>Where the sandbox listens; port 0 takes a free one. Several addresses are separated by semicolons.</summary>
    public string Url { get; set; } = "http://127.0.0.1:12111";

    /// <summary>
    /// The secret key that the API answers to. <c>sk_test_sandbox</c>, the default, stands for every test key, restricted ones
    /// included. Live keys are always refused.
    /// </summary>
    public string SecretKey { get; set; } = AccessSettings.AnySecretKey;

    /// <summary>The publishable key that Stripe.js is started with. <c>pk_test_sandbox</c>, the default, stands for every test key.</summary>
    public string PublishableKey { get; set; } = AccessSettings.AnyPublishableKey;

    /// <summary>Makes a pair of keys that only this sandbox takes and nobody can guess. They are kept with the data.</summary>
    public bool MakeKeys { get; set; }

    /// <summary>The file that keeps everything across restarts; null keeps it in memory only.</summary>
    public string? Data { get; set; }

    /// <summary>Whether the dashboard and the control surface under <c>/_sandbox/</c> answer other machines too.</summary>
    public bool AllowRemoteControl { get; set; }

    /// <summary>
    /// Host names under which the API takes secret keys, beside localhost, IP addresses and names without a dot. A web site can
    /// make a name of its own resolve to this machine, so other names are refused.
    /// </summary>
    public IList<string> AllowedHosts { get; init; } = [];

    internal IEnumerable<string> Urls => Url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal AccessSettings Access => new()
    {
        SecretKey = SecretKey,
        PublishableKey = PublishableKey,
        MakesKeys = MakeKeys,
        AllowsRemoteControl = AllowRemoteControl,
        HostNames = [.. AllowedHosts, .. Urls.Select(url => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "").Where(host => host.Length > 0)],
    };
}
