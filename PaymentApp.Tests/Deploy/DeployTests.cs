using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using PaymentApp.Stripe;
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

    /// <summary>The app's own folder, below which these places are by default, is read-only to the unit and not in the image's volume.</summary>
    [Fact]
    public void What_a_node_writes_it_writes_where_it_may()
    {
        var unit = File.ReadAllLines(Path.Combine(Folder, "payment-app@.service"));
        var image = new Dockerfile("PaymentApp").Instructions("ENV").ToList();
        var places = Places().ToList();

        Assert.Superset(new HashSet<string> { "Mail__Folder", "Orders__PackingSlips", "Stripe__SandboxData" }, places.ToHashSet());
        Assert.All(places, place => Assert.Contains(image, setting => setting.StartsWith($"{place}=/data/", StringComparison.Ordinal)));
        // Without keys of Stripe's, no node of several starts.
        Assert.All(
            places.Where(place => place != "Stripe__SandboxData"),
            place => Assert.Contains(unit, line => line.StartsWith($"Environment={place}=/var/lib/payment-app/", StringComparison.Ordinal)));
        Assert.Contains("StateDirectory=payment-app", unit);
    }

    /// <summary>systemd makes up a user for each instance unless one is named, and gives the state to the last one started.</summary>
    [Fact]
    public void All_nodes_of_a_machine_are_one_user() =>
        Assert.Contains("User=payment-app", File.ReadAllLines(Path.Combine(Folder, "payment-app@.service")));

    /// <summary>The settings whose default is a file or folder below the content root.</summary>
    private static IEnumerable<string> Places() =>
        from type in typeof(StripeOptions).Assembly.GetTypes()
        where type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() is string && type.GetConstructor([]) is not null
        let options = Activator.CreateInstance(type)
        from property in type.GetProperties()
        where property.PropertyType == typeof(string) && property.GetValue(options) is string text
            && (text.StartsWith("App_Data/", StringComparison.Ordinal) || text.EndsWith(".db", StringComparison.Ordinal))
        select $"{type.GetField("Section")!.GetRawConstantValue()}__{property.Name}";

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
