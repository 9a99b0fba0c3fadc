using System.Net;
using Microsoft.Extensions.Options;

namespace PaymentApp.Security;

/// <summary>Which proxies in front of the shop are believed when they say who asks. Section <c>Proxy</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>
    /// The networks of the proxies, such as <c>10.0.0.0/8</c>, or single addresses; as a list, or in one value separated by
    /// commas. Forwarded headers from elsewhere are ignored.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedNetworks { get; set; } = [];

    /// <summary>How many proxies a request goes through, each of them in <see cref="TrustedNetworks"/>.</summary>
    public int Hops { get; set; } = 1;

    /// <summary>Whether a request that comes from here is believed.</summary>
    public bool Trusts(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is not null && TrustedNetworks.Any(network => network.Contains(address));
    }
}

/// <summary>Reads the section, whose networks may be a list or one value.</summary>
internal sealed class ProxyOptionsSetup(IConfiguration configuration) : IConfigureOptions<ProxyOptions>, IValidateOptions<ProxyOptions>
{
    private const string TrustedNetworks = ProxyOptions.Section + ":" + nameof(ProxyOptions.TrustedNetworks);
    private const string Hops = ProxyOptions.Section + ":" + nameof(ProxyOptions.Hops);

    public void Configure(ProxyOptions options)
    {
        options.TrustedNetworks = [.. Networks().Select(Parse).OfType<IPNetwork>()];
        options.Hops = int.TryParse(configuration[Hops] ?? "1", out var hops) ? hops : 0;
    }

    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        if (Networks().FirstOrDefault(text => Parse(text) is null) is { } wrong)
            return ValidateOptionsResult.Fail($"{TrustedNetworks} holds '{wrong}', which is no network such as 10.0.0.0/8 and no address.");
        return options.Hops is >= 1 and <= 10
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{Hops} is how many proxies a request goes through, between 1 and 10.");
    }

    private IEnumerable<string> Networks()
    {
        var section = configuration.GetSection(TrustedNetworks);
        return section.GetChildren().Select(child => child.Value).Append(section.Value)
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static IPNetwork? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
