using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>What a newcomer's first command starts: no keys, no network, the sandbox inside the shop's own process.</summary>
public sealed class WithoutKeysTests
{
    [Fact]
    public async Task A_shop_without_keys_takes_a_payment_and_hears_of_it_by_webhook()
    {
        await using var shop = Shop.OpenWithoutKeys();
        await BrowserSession.RunAsync(async session =>
        {
            var checkout = await CheckoutScreen.BuyAsync(session, shop);
            await Expect(session.Page.GetByText("no real money moves")).ToBeVisibleAsync();

            await checkout.PayWithAsync("4000002500003155");
            await checkout.Challenge.CompleteAsync();
            await checkout.PaidAsync();

            var contexts = shop.Services.GetRequiredService<IDbContextFactory<LedgerContext>>();
            await Eventually.TrueAsync(async () =>
            {
                await using var ledger = await contexts.CreateDbContextAsync();
                return await ledger.Inbox.AnyAsync(row => row.Type == "payment_intent.succeeded"
                    && ledger.Work.Any(work => work.Subject == row.EventId && work.Status == WorkStatus.Done));
            });
        });
    }
}
