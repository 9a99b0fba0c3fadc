using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Security;

/// <summary>The reader of every shop's log would notice.</summary>
public sealed partial class LogGuardTests
{
    [Theory]
    [InlineData("pi_3Abc_secret_0123456789abcdef")]
    [InlineData("{\"client_secret\":\"pi_3Abc_secret_0123456789abcdef\"}")]
    [InlineData("Authorization: Bearer sk_test_sandbox")]
    [InlineData("sk_live_51NoSuchAccount")]
    [InlineData("rk_live_51NoSuchAccount")]
    [InlineData("whsec_0123456789abcdef")]
    [InlineData("4242424242424242")]
    [InlineData("card[number]=4000002500003155&cvc=123")]
    [InlineData("typed 4000 0000 0000 9995 today")]
    [InlineData("3782-822463-10005")]
    public void A_secret_is_noticed(string text) => Assert.NotEmpty(LogGuard.SecretsIn(text));

    [Theory]
    [InlineData("Set it with `dotnet user-secrets set Stripe:SecretKey …`: it starts with sk_test_ or sk_live_.")]
    [InlineData("Invalid API Key provided: sk_test_****")]
    [InlineData("pi_3Abc confirmed, pk_test_sandbox is public")]
    [InlineData("card ending in 4242, 1700000000000 ms, 0123456789012345")]
    [InlineData("order 42424242424242420000000000000000")]
    public void What_is_none_is_not(string text) => Assert.Empty(LogGuard.SecretsIn(text));

    [Theory]
    [InlineData(LogLevel.Information)]
    [FullData(LogLevel.Debug)]
    public async Task A_shop_that_writes_a_secret_down_anywhere_fails_its_test(LogLevel level)
    {
        var shop = await Shop.OpenAsync();
        var logger = shop.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Some.Corner");
        Leak(logger, level, "whsec_0123456789abcdef");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => shop.DisposeAsync().AsTask());

        Assert.Contains("Some.Corner", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", failure.Message, StringComparison.Ordinal);
    }

    [LoggerMessage(EventId = 1, Message = "{Text}")]
    private static partial void Leak(ILogger logger, LogLevel level, string text);
}
