using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace PaymentApp.Security;

/// <summary>Keeps the keys of ASP.NET Core's data protection in the folder that is configured, or in a database that all nodes share.</summary>
internal static class KeyStorage
{
    // Keys serve whoever has the same name: all instances, and the next version in another folder.
    private const string ApplicationName = "PaymentApp";

    public static void AddKeyStorage(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KeyStorageOptions>().BindConfiguration(KeyStorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyStorageOptions>, KeyStorageCheck>();
        services.AddHostedService<KeyStorageNotice>();
        services.TryAddSingleton<ISharedKeys, NoSharedKeys>();
        services.AddOptions<DataProtectionOptions>().Configure<IOptions<KeyStorageOptions>, ISharedKeys>((protection, storage, shared) =>
        {
            if (storage.Value.HasFolder || shared.Repository is not null)
                protection.ApplicationDiscriminator = ApplicationName;
        });
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<KeyStorageOptions>, ISharedKeys, IHostEnvironment, ILoggerFactory>((keys, storage, shared, environment, loggers) =>
        {
            if (FolderOf(storage.Value, environment) is { } folder)
                keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder), loggers);
            else if (shared.Repository is { } repository)
                keys.XmlRepository = repository;
        });

        // ASP.NET Core takes certificates while services are wired. One that cannot be read stops the start, by KeyStorageCheck.
        var options = builder.Configuration.GetSection(KeyStorageOptions.Section).Get<KeyStorageOptions>() ?? new KeyStorageOptions();
        if (KeyCertificate.Find(options, builder.Environment, out _) is { } certificate)
            services.AddDataProtection().ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(
                [certificate, .. KeyCertificate.FindPrevious(options, builder.Environment, out _) is { } previous ? [previous] : Array.Empty<X509Certificate2>()]);
    }

    public static string? FolderOf(KeyStorageOptions options, IHostEnvironment environment) =>
        options.HasFolder ? Path.Combine(environment.ContentRootPath, options.KeysFolder!) : null;

    private sealed class NoSharedKeys : ISharedKeys
    {
        public IXmlRepository? Repository => null;
    }
}

/// <summary>The place that a database has for keys, so that a form or a session of one node is taken by every other.</summary>
internal interface ISharedKeys
{
    /// <summary>Null where the database keeps none.</summary>
    IXmlRepository? Repository { get; }
}

/// <summary>Warns at the start of a shop on the internet whose keys may go with its container.</summary>
internal sealed partial class KeyStorageNotice(
    IHostEnvironment environment, IOptions<KeyStorageOptions> options, ISharedKeys shared, ILogger<KeyStorageNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsProduction() && !options.Value.HasFolder && shared.Repository is null)
            Log.NoFolder(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "DataProtection:KeysFolder is not set: after a restart of a container, or at another instance, open forms are refused and operators are signed out. Set it to a folder that all instances keep")]
        public static partial void NoFolder(ILogger logger);
    }
}
