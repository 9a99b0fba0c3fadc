using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;
using PaymentApp.Desk;
using PaymentApp.Tests.Operations;

namespace PaymentApp.Tests.Desk;

public sealed class DeskOptionsTests
{
    private static readonly string Hash = DeskShop.HashOf("correct horse battery staple");

    private readonly DeskOptionsValidator _validator = new(new PasswordHasher<DeskAccount>());

    [Fact]
    public void Accounts_with_names_roles_and_hashes_are_accepted() =>
        Assert.True(_validator.Validate(null, With(Account("Olga", Hash, "operator"), Account("Victor", Hash, "viewer"))).Succeeded);

    [Theory]
    [InlineData("", "operator", null, "Desk:Accounts:0:Name")]
    [InlineData("Olga", "admin", null, "Desk:Accounts:0:Role")]
    [InlineData("Olga", "operator", "", "Desk:Accounts:0:PasswordHash")]
    [InlineData("Olga", "operator", "the password itself", "Desk:Accounts:0:PasswordHash")]
    [InlineData("Olga", "operator", "dGhlIHBhc3N3b3JkIGl0c2VsZiwgaW4gYmFzZSA2NCwgd2hpY2ggaXMgbm8gaGFzaA==", "Desk:Accounts:0:PasswordHash")]
    public void A_setting_that_makes_no_sense_is_named(string name, string role, string? hash, string setting)
    {
        var result = _validator.Validate(null, With(Account(name, hash ?? Hash, role)));

        Assert.StartsWith(setting, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void One_name_has_one_account() =>
        Assert.True(_validator.Validate(null, With(Account("Olga", Hash, "operator"), Account("olga", Hash, "viewer"))).Failed);

    [Theory]
    [InlineData("http://login.example", "desk", true)]
    [InlineData("https://login.example", "", true)]
    [InlineData(null, "desk", true)]
    [InlineData("https://login.example", "desk", false)]
    [InlineData("http://localhost:8080", "desk", false)]
    public void A_provider_has_an_https_address_and_a_client(string? authority, string client, bool isWrong)
    {
        var options = new DeskOptions { OpenIdConnect = { Authority = authority is null ? null : new Uri(authority), ClientId = client } };

        Assert.Equal(isWrong, _validator.Validate(null, options).Failed);
    }

    [Fact]
    public async Task A_shop_with_a_broken_account_does_not_start_and_says_which_setting_is_wrong()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => CommandRun.OfAsync([], ("Desk:Accounts:0:Name", "Olga"), ("Desk:Accounts:0:Role", "operator"), ("Desk:Accounts:0:PasswordHash", "secret")));

        Assert.Contains("hash-password makes one", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_prints_a_hash_that_signs_its_password_in()
    {
        var run = await WithPasswordAsync("correct horse battery staple");

        var hash = Assert.Single(run.Lines);
        Assert.Equal(0, run.ExitCode);
        Assert.True(_validator.Validate(null, With(Account("Olga", hash, "operator"))).Succeeded);
        Assert.Equal(
            PasswordVerificationResult.Success,
            new PasswordHasher<DeskAccount>().VerifyHashedPassword(new DeskAccount(), hash, "correct horse battery staple"));
    }

    [Fact]
    public async Task A_short_password_is_refused_and_not_repeated()
    {
        var run = await WithPasswordAsync("hunter2");

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("hunter2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_password_another_role_and_a_removed_account_end_a_session()
    {
        var session = DeskAccess.PrincipalOf(Account("Olga", Hash, "operator"));

        Assert.True(Access(Account("Olga", Hash, "operator")).IsCurrent(session));
        Assert.False(Access(Account("Olga", DeskShop.HashOf("correct horse battery staple"), "operator")).IsCurrent(session));
        Assert.False(Access(Account("Olga", Hash, "viewer")).IsCurrent(session));
        Assert.False(Access(Account("Victor", Hash, "operator")).IsCurrent(session));
        Assert.False(Access(Account("Victor", Hash, "operator")).IsCurrent(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "Petra")], "provider"))));
    }

    private static DeskAccess Access(params DeskAccount[] accounts) => new(
        Options.Create(With(accounts)), Mock.Of<IHostEnvironment>(environment => environment.EnvironmentName == "Development"));

    private static Task<CommandRun> WithPasswordAsync(string password) => CommandRun.OfAsync(
        ["hash-password"], "Development", builder => builder.Services.AddSingleton<PasswordInput>(new Typed(password)));

    private static DeskOptions With(params DeskAccount[] accounts)
    {
        var options = new DeskOptions();
        foreach (var account in accounts)
            options.Accounts.Add(account);
        return options;
    }

    private static DeskAccount Account(string name, string hash, string role) => new() { Name = name, PasswordHash = hash, Role = role };

    private sealed class Typed(string password) : PasswordInput
    {
        public override Task<string> ReadAsync(TextWriter output, CancellationToken cancellationToken) => Task.FromResult(password);
    }
}
