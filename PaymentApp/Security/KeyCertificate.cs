using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PaymentApp.Security;

/// <summary>Reads the certificates that the keys of data protection are encrypted with.</summary>
internal static class KeyCertificate
{
    /// <param name="problem">Why the configured file is of no use; null where it is, or where none is configured.</param>
    public static X509Certificate2? Find(KeyStorageOptions options, IHostEnvironment environment, out string? problem) =>
        Find(nameof(KeyStorageOptions.CertificateFile), options.CertificateFile, options.CertificatePassword, environment, out problem);

    /// <inheritdoc cref="Find(KeyStorageOptions, IHostEnvironment, out string?)"/>
    public static X509Certificate2? FindPrevious(KeyStorageOptions options, IHostEnvironment environment, out string? problem) =>
        Find(nameof(KeyStorageOptions.PreviousCertificateFile), options.PreviousCertificateFile, options.CertificatePassword, environment, out problem);

    private static X509Certificate2? Find(string setting, string? file, string? password, IHostEnvironment environment, out string? problem)
    {
        problem = null;
        if (string.IsNullOrWhiteSpace(file))
            return null;

        var path = Path.Combine(environment.ContentRootPath, file);
        try
        {
            var certificate = Load(path, password);
            if (certificate.GetRSAPrivateKey() is not null)
                return certificate;
            problem = $"{KeyStorageOptions.Section}:{setting} names {path}, which holds no RSA key: the shop could not read its own keys again.";
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            problem = $"{KeyStorageOptions.Section}:{setting} names {path}, which cannot be read: {unusable.Message}";
        }

        return null;
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12")
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        return string.IsNullOrEmpty(password)
            ? X509Certificate2.CreateFromPemFile(path)
            : X509Certificate2.CreateFromEncryptedPemFile(path, password);
    }
}
