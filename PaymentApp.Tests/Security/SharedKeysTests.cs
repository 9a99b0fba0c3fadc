using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Desk;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Infrastructure.Postgres;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Security;

/// <summary>What one node signed or encrypted for a browser, every other node reads.</summary>
public sealed class SharedKeysTests
{
    [PostgresFact]
    public async Task A_form_that_was_opened_on_one_node_is_taken_by_another()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        using var visitor = Visitor.At(nodes.First.Shop.Address);
        var form = await visitor.OpenFormAsync();

        using var moved = Visitor.At(nodes.Second.Shop.Address);
        var bought = await moved.SendAsync(form, ("product", "pour-over-kettle"));

        Assert.Equal(HttpStatusCode.Found, bought.Status);
        Assert.Equal(1, await nodes.First.ReadAsync(ledger => ledger.Orders.CountAsync()));
    }

    [PostgresFact]
    public async Task Who_signed_in_at_one_node_is_signed_in_at_another()
    {
        await using var nodes = await TwoNodes.OpenAsync(DeskShop.Accounts);
        using var visitor = new DeskVisitor(nodes.First.Shop.Address);
        Assert.Equal("/desk", visitor.Target(await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword)));

        // Cookies know no ports: to a browser both nodes are one host.
        var there = await visitor.GetAsync(new Uri(nodes.Second.Shop.Address, "/desk"));

        Assert.Equal(HttpStatusCode.OK, there.Status);
    }

    [PostgresFact]
    public async Task In_Production_the_shared_keys_are_enough_and_nobody_is_warned()
    {
        using var database = PostgresDatabase.CreateLedger();
        using var logs = new LogCapture();

        await using var shop = await Shop.OpenAsync(
            configure: services =>
            {
                ManualShop.StopLoops(services);
                services.AddSingleton<ILoggerProvider>(logs);
            },
            settings: [.. ProductionShop.Settings, ("ConnectionStrings:Payments", database.Connection)]);

        Assert.DoesNotContain(logs.Entries, entry => entry.Text.Contains("DataProtection:KeysFolder", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_folder_that_is_configured_is_used_all_the_same()
    {
        using var folder = new TemporaryFolder();
        await using var nodes = await TwoNodes.OpenAsync(("DataProtection:KeysFolder", folder.Path));
        using var visitor = Visitor.At(nodes.First.Shop.Address);
        await visitor.OpenFormAsync();

        Assert.Single(Directory.GetFiles(folder.Path, "key-*.xml"));
        Assert.Empty(await KeysAsync(nodes.Database));
    }

    [PostgresTheory]
    [FullData("keys.pfx")]
    [InlineData("keys.pem")]
    public async Task Keys_are_encrypted_with_a_certificate_and_read_with_it_and_with_the_next_one(string file)
    {
        using var folder = new TemporaryFolder();
        using var database = PostgresDatabase.CreateLedger();
        var first = Certificate(folder, file);
        var secret = await WithProtectorAsync(database, protector => protector.Protect("of a shopper"), ("DataProtection:CertificateFile", first));

        var key = Assert.Single(await KeysAsync(database));
        Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);
        Assert.Equal("of a shopper", await WithProtectorAsync(database, protector => protector.Unprotect(secret), ("DataProtection:CertificateFile", first)));

        var second = Certificate(folder, "next-" + file);
        Assert.Equal("of a shopper", await WithProtectorAsync(
            database, protector => protector.Unprotect(secret), ("DataProtection:CertificateFile", second), ("DataProtection:PreviousCertificateFile", first)));
        await Assert.ThrowsAsync<CryptographicException>(() => WithProtectorAsync(
            database, protector => protector.Unprotect(secret), ("DataProtection:CertificateFile", second)));
    }

    [Theory]
    [InlineData("DataProtection:CertificateFile", "missing.pem")]
    [InlineData("DataProtection:CertificateFile", "garbled.pfx")]
    [InlineData("DataProtection:PreviousCertificateFile", "garbled.pem")]
    [InlineData("DataProtection:CertificateFile", "public.pem")]
    public async Task A_certificate_that_is_of_no_use_stops_the_start_and_is_named(string setting, string file)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, file);
        if (file.StartsWith("garbled", StringComparison.Ordinal))
            await File.WriteAllTextAsync(path, "nonsense");
        if (file == "public.pem")
            await File.WriteAllTextAsync(path, X509CertificateLoader.LoadPkcs12FromFile(Certificate(folder, "whole.pfx"), null).ExportCertificatePem());

        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => Shop.OpenAsync(settings: (setting, path)));

        Assert.Contains(setting, stopped.Message, StringComparison.Ordinal);
        Assert.Contains(file, stopped.Message, StringComparison.Ordinal);
    }

    /// <summary>An app as its container is wired, with all settings there from the first.</summary>
    private static async Task<string> WithProtectorAsync(
        PostgresDatabase database, Func<IDataProtector, string> use, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = nameof(PaymentApp), EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:Payments"] = database.Connection;
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.AddPaymentApp();
        await using var app = builder.Build();
        return use(app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test"));
    }

    private static async Task<List<string?>> KeysAsync(PostgresDatabase database)
    {
        await using var ledger = (PaymentApp.Ledger.Postgres.PostgresLedgerContext)database.Open();
        return await ledger.DataProtectionKeys.Select(key => key.Xml).ToListAsync();
    }

    private static string Certificate(TemporaryFolder folder, string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=PaymentApp keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var path = Path.Combine(folder.Path, file);
        if (Path.GetExtension(file) == ".pem")
            File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        else
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }
}
