namespace Stripe;

/// <summary>How a plugin names itself to Stripe, in the User-Agent.</summary>
public class AppInfo
{
    public string Name { get; set; }

    public string PartnerId { get; set; }

    public string Url { get; set; }

    public string Version { get; set; }

    internal string UserAgent =>
        Name + (Version is null ? "" : "/" + Version) + (Url is null ? "" : $" ({Url})");
}
