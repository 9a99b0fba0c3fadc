using Microsoft.Extensions.Options;

namespace PaymentApp.Security;

/// <summary>Where the keys are kept that sign forms, sessions of the desk and the state of pages. Section <c>DataProtection</c>.</summary>
internal sealed class KeyStorageOptions
{
    public const string Section = "DataProtection";

    /// <summary>
    /// A folder that outlives the process and is shared by all instances, below the content root; null leaves the place to ASP.NET Core:
    /// https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/default-settings.
    /// </summary>
    public string? KeysFolder { get; set; }
}

/// <summary>Makes the folder, or stops the start: without its keys the shop would refuse every form.</summary>
internal sealed class KeyStorageCheck(IHostEnvironment environment) : IValidateOptions<KeyStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyStorageOptions options)
    {
        if (KeyStorage.FolderOf(options, environment) is not { } folder)
            return ValidateOptionsResult.Success;

        try
        {
            // What lies in it lets its reader sign in as anybody.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var probe = new FileStream(
                Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return ValidateOptionsResult.Success;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail($"DataProtection:KeysFolder names {folder}, which cannot be written: {problem.Message}");
        }
    }
}
