using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PaymentApp.Desk;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Desk;

/// <summary>A shop whose desk has two accounts, for the tests of a class.</summary>
public sealed class DeskShop : IAsyncLifetime
{
    public const string OperatorName = "Olga";
    public const string OperatorPassword = "correct horse battery staple";
    public const string ViewerName = "Victor";
    public const string ViewerPassword = "nothing but looking around";

    private static PasswordHasher<DeskAccount> Quick => new(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

    internal ManualShop Shop { get; private set; } = null!;

    internal static (string Key, string Value)[] Accounts { get; } =
    [
        ("Desk:Accounts:0:Name", OperatorName), ("Desk:Accounts:0:Role", "operator"), ("Desk:Accounts:0:PasswordHash", HashOf(OperatorPassword)),
        ("Desk:Accounts:1:Name", ViewerName), ("Desk:Accounts:1:Role", "viewer"), ("Desk:Accounts:1:PasswordHash", HashOf(ViewerPassword)),
    ];

    /// <summary>Somebody at the desk's door.</summary>
    internal DeskVisitor Visit() => new(Shop.Shop.Address);

    internal Task<DeskVisitor> OperatorAsync() => SignedInAsync(OperatorName, OperatorPassword);

    internal Task<DeskVisitor> ViewerAsync() => SignedInAsync(ViewerName, ViewerPassword);

    public async Task InitializeAsync() => Shop = await ManualShop.OpenAsync(settings: Accounts);

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    /// <summary>A hash that is quick to check: each shop of each test does so when it starts.</summary>
    internal static string HashOf(string password) => Quick.HashPassword(new DeskAccount(), password);

    private async Task<DeskVisitor> SignedInAsync(string name, string password)
    {
        var visitor = Visit();
        Assert.Equal("/desk", visitor.Target(await visitor.SignInAsync(name, password)));
        return visitor;
    }
}
