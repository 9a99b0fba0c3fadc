using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Security;

/// <summary>The keys that sign forms, sessions and the state of pages outlive a restart where they have a folder.</summary>
public sealed class KeyStorageTests
{
    private const string Setting = "DataProtection:KeysFolder";

    [Fact]
    public async Task A_form_that_was_opened_before_a_restart_is_taken_after_it()
    {
        using var folder = new TemporaryFolder();
        var keys = Path.Combine(folder.Path, "below", "keys");
        OpenForm form;
        await using (var before = await Shop.OpenAsync(settings: (Setting, keys)))
        {
            using var visitor = Visitor.At(before.Address);
            form = await visitor.OpenFormAsync();
        }

        Assert.Single(Directory.GetFiles(keys, "key-*.xml"));
        await using var after = await Shop.OpenAsync(settings: (Setting, keys));
        using var returning = Visitor.At(after.Address);
        var bought = await returning.SendAsync(form, ("product", "pour-over-kettle"));

        Assert.Equal(HttpStatusCode.Found, bought.Status);
        Assert.Single(Directory.GetFiles(keys, "key-*.xml"));
    }

    [Theory]
    [InlineData("Production", false, 1)]
    [InlineData("Production", true, 0)]
    [InlineData("Development", false, 0)]
    public async Task Production_without_a_folder_is_warned(string environment, bool hasFolder, int warnings)
    {
        using var folder = new TemporaryFolder();
        using var logs = new LogCapture();
        await using var shop = await Shop.OpenAsync(
            configure: services =>
            {
                ManualShop.StopLoops(services);
                services.AddSingleton<ILoggerProvider>(logs);
            },
            settings: [("ConnectionStrings:Payments", $"Data Source={Path.Combine(folder.Path, "payments.db")}"), .. environment == "Production" ? ProductionShop.Settings : [], .. hasFolder ? new[] { (Setting, folder.Path) } : []]);

        Assert.Equal(warnings, logs.Entries.Count(entry => entry.Level is LogLevel.Warning && entry.Text.Contains(Setting, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_stops_the_start_and_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => Shop.OpenAsync(settings: (Setting, Path.Combine(file, "keys"))));

        Assert.Contains(Setting, stopped.Message, StringComparison.Ordinal);
    }
}
