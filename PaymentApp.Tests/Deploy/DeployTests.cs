using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Deploy;

/// <summary>The files that a shop is put on its machines with.</summary>
public sealed partial class DeployTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    [NginxFact]
    public async Task Nginx_takes_its_configuration_as_it_stands()
    {
        using var folder = new TemporaryFolder();
        WriteCertificate(folder.Path);

        var (isGood, said) = await Nginx.CheckAsync(folder, Nginx.Configuration.Replace("/etc/ssl/payment-app", folder.Path, StringComparison.Ordinal));

        Assert.True(isGood, said);
        Assert.DoesNotContain("[warn]", said, StringComparison.Ordinal);
    }

    [NginxFact]
    public async Task A_configuration_with_a_mistake_is_noticed()
    {
        using var folder = new TemporaryFolder();

        Assert.False((await Nginx.CheckAsync(folder, Nginx.Configuration)).IsGood);
    }

    [Fact]
    public void The_settings_file_sets_what_the_README_lists()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var settings = File.ReadAllLines(Path.Combine(Folder, "shop.env")).Select(line => Setting().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).ToList();

        Assert.True(settings.Count >= 8);
        Assert.All(settings, setting => Assert.Contains($"| `{setting.Split(':')[0]}:", readme, StringComparison.Ordinal));
        Assert.All(settings, setting => Assert.Contains(setting[setting.IndexOf(':', StringComparison.Ordinal)..] + "`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_is_given_longer_to_end_than_it_drains()
    {
        var drain = TimeSpan.Parse(Value("shop.env", "Health__DrainFor="), CultureInfo.InvariantCulture);
        // The host waits half a minute for what runs, after it has drained.
        var needed = drain + TimeSpan.FromSeconds(30);

        Assert.True(TimeSpan.FromSeconds(int.Parse(Value("payment-app@.service", "TimeoutStopSec="), CultureInfo.InvariantCulture)) > needed);
        Assert.True(TimeSpan.FromSeconds(int.Parse(Value("compose.yaml", "  stop_grace_period: ").TrimEnd('s'), CultureInfo.InvariantCulture)) > needed);
    }

    private static string Value(string file, string key) =>
        File.ReadAllLines(Path.Combine(Folder, file)).Single(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..];

    private static void WriteCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    [GeneratedRegex("^#?([A-Z][A-Za-z]+__[A-Za-z_]+)=")]
    private static partial Regex Setting();
}
