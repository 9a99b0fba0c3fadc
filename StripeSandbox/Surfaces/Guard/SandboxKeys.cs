using System.Security.Cryptography;
using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Time;

namespace StripeSandbox.Guard;

/// <summary>Which keys open the account: those that were given, those of the data file, or else every test key.</summary>
internal sealed class SandboxKeys(AccessSettings settings, SandboxBooks books, SandboxClock clock)
{
    private const int RandomLetters = 32;

    private Installation? _installation;

    /// <summary>A secret key that opens the account.</summary>
    public string Secret => _installation?.SecretKey ?? settings.SecretKey;

    /// <summary>A publishable key that opens it.</summary>
    public string Publishable => _installation?.PublishableKey ?? settings.PublishableKey;

    /// <summary>Whether no other secret key than <see cref="Secret"/> does.</summary>
    public bool IsSecretFixed => _installation is not null || settings.SecretKey != AccessSettings.AnySecretKey;

    /// <summary>Whether no other publishable key than <see cref="Publishable"/> does.</summary>
    public bool IsPublishableFixed => _installation is not null || settings.PublishableKey != AccessSettings.AnyPublishableKey;

    /// <summary>Reads the keys of the data file, or makes them, where the sandbox is to have its own.</summary>
    public void Load()
    {
        if (!settings.MakesKeys)
            return;
        _installation = books.Find<Installation>(Installation.OnlyId);
        if (_installation is not null)
            return;
        using var unit = new UnitOfWork(books, clock.Now, null, null);
        _installation = unit.Put(new Installation
        {
            Id = Installation.OnlyId,
            Created = clock.NowSeconds,
            SecretKey = "sk_test_" + Letters(),
            PublishableKey = "pk_test_" + Letters(),
        });
        unit.Commit();
    }

    private static string Letters() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", RandomLetters);
}
