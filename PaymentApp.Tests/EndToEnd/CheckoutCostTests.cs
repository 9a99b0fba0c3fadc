using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.EndToEnd;

/// <summary>What it costs the ledger to open a checkout in a browser, with its circuit.</summary>
public sealed class CheckoutCostTests
{
    [Fact]
    public async Task A_checkout_that_is_opened_reads_its_payment_once_and_its_circuit_one_number()
    {
        var commands = new LedgerCommands();
        await using var shop = await Shop.OpenAsync(configure: commands.Watch, settings: [("Payments:SweepEvery", "01:00:00"), ("Ledger:RecheckEvery", "01:00:00")]);
        var checkout = await CheckoutScreen.PlaceAsync(shop);
        await BrowserSession.RunAsync(async session =>
        {
            commands.Clear();
            await session.Page.GotoAsync(checkout);
            await new CheckoutScreen(session.Page, shop).ReadyAsync();

            var about = commands.Made.Where(command => command.Contains("\"Payments\"", StringComparison.Ordinal)).ToList();
            Assert.Single(about, LedgerCommands.IsWholePayment);
            Assert.Single(about, command => !LedgerCommands.IsWholePayment(command));
            Assert.Single(commands.Made, command => command.Contains("\"Orders\"", StringComparison.Ordinal));
        });
    }
}
