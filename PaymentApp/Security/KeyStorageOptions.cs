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

    /// <summary>
    /// A certificate with its private key, below the content root, that the keys are encrypted with where they are kept: a
    /// <c>.pfx</c> or <c>.p12</c> file, or a PEM file that holds both. Null keeps them readable to whoever reads the place.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>The certificate that was used before, while keys of its time are still in use: ninety days.</summary>
    public string? PreviousCertificateFile { get; set; }

    /// <summary>The password of both files, where they have one.</summary>
    public string? CertificatePassword { get; set; }

    public bool HasFolder => !string.IsNullOrWhiteSpace(KeysFolder);
}

/// <summary>Makes the folder, or stops the start: without its keys the shop would refuse every form.</summary>
internal sealed class KeyStorageCheck(IHostEnvironment environment) : IValidateOptions<KeyStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyStorageOptions options)
    {
        _ = KeyCertificate.Find(options, environment, out var unusable);
        if (unusable is null)
            _ = KeyCertificate.FindPrevious(options, environment, out unusable);
        if (unusable is not null)
            return ValidateOptionsResult.Fail(unusable);

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
