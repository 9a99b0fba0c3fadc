using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace PaymentApp.Security;

/// <summary>Keeps the keys of ASP.NET Core's data protection in the folder that is configured.</summary>
internal static class KeyStorage
{
    // Keys serve whoever has the same name: all instances, and the next version in another folder.
    private const string ApplicationName = "PaymentApp";

    public static void AddKeyStorage(this IServiceCollection services)
    {
        services.AddOptions<KeyStorageOptions>().BindConfiguration(KeyStorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyStorageOptions>, KeyStorageCheck>();
        services.AddHostedService<KeyStorageNotice>();
        services.AddOptions<DataProtectionOptions>().Configure<IOptions<KeyStorageOptions>>((protection, storage) =>
        {
            if (!string.IsNullOrWhiteSpace(storage.Value.KeysFolder))
                protection.ApplicationDiscriminator = ApplicationName;
        });
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<KeyStorageOptions>, IHostEnvironment, ILoggerFactory>((keys, storage, environment, loggers) =>
        {
            if (FolderOf(storage.Value, environment) is { } folder)
                keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder), loggers);
        });
    }

    public static string? FolderOf(KeyStorageOptions options, IHostEnvironment environment) =>
        string.IsNullOrWhiteSpace(options.KeysFolder) ? null : Path.Combine(environment.ContentRootPath, options.KeysFolder);
}

/// <summary>Warns at the start of a shop on the internet whose keys may go with its container.</summary>
internal sealed partial class KeyStorageNotice(
    IHostEnvironment environment, IOptions<KeyStorageOptions> options, ILogger<KeyStorageNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsProduction() && string.IsNullOrWhiteSpace(options.Value.KeysFolder))
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
