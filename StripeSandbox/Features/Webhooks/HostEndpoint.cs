using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;
using StripeSandbox.Time;

namespace StripeSandbox.Webhooks;

/// <summary>The endpoint of the process that hosts the sandbox: one, however often that process starts on the same data.</summary>
internal sealed class HostEndpoint(SandboxBooks books, SandboxClock clock)
{
    private readonly string _firstSecret = Ids.WebhookSecret();

    /// <summary>Signs what goes there; known before it is registered.</summary>
    public string Secret => Existing.FirstOrDefault(endpoint => endpoint.IsHosts)?.Secret ?? _firstSecret;

    private IEnumerable<WebhookEndpoint> Existing => books.All<WebhookEndpoint>().Where(endpoint => !endpoint.IsDeleted);

    /// <summary>Sends all events there, in that API version; in the account's when null.</summary>
    /// <exception cref="ArgumentException">There is no such version.</exception>
    public void Register(Uri url, string? apiVersion)
    {
        if (ApiVersion.Parse(apiVersion) is null)
            throw new ArgumentException($"StripeSandbox knows no API version '{apiVersion}'.", nameof(apiVersion));
        using var unit = new UnitOfWork(books, clock.Now, null, null);
        WebhookEndpoint? kept = null;
        foreach (var endpoint in Existing)
        {
            if (endpoint.IsHosts && kept is null)
                kept = endpoint;
            // Registered by an earlier start under a secret that died with it: the host would refuse all that it gets from there.
            else if (endpoint.IsHosts || endpoint.Url == url.ToString())
                unit.Put(endpoint with { IsDeleted = true });
        }

        unit.Put((kept ?? New()) with { Url = url.ToString(), ApiVersion = apiVersion });
        unit.Commit();
    }

    private WebhookEndpoint New() => new()
    {
        Id = Ids.New("we_"),
        Created = clock.NowSeconds,
        Url = "",
        Secret = _firstSecret,
        EnabledEvents = [WebhookEndpoint.Everything],
        IsHosts = true,
    };
}
