using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Payments;
using PaymentApp.Tests.Components;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Orders;

/// <summary>What it costs the database to open a page, and its circuit.</summary>
public sealed class PageCommandTests
{
    [Theory]
    [InlineData("checkout")]
    [InlineData("orders")]
    public async Task A_page_reads_its_order_and_its_payment_at_once_and_writes_nothing(string page)
    {
        var commands = new LedgerCommands();
        await using var shop = await ManualShop.OpenAsync(commands.Watch);
        var order = await shop.OrderTriedWithAsync(ManualShop.BankCard);
        using var visitor = Visitor.At(shop.Shop.Address);
        commands.Clear();

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/{page}/{order}")).Status);

        var made = Assert.Single(commands.Made, command => !IsOfNoPage(command));
        Assert.True(LedgerCommands.IsWholePayment(made), made);
        Assert.StartsWith("SELECT", made, StringComparison.Ordinal);
    }

    // The keys of all nodes, where the ledger has them, are read when they are needed first; and what was done before the
    // page was asked for is told to the other nodes a moment later.
    private static bool IsOfNoPage(string command) =>
        command.Contains("\"DataProtectionKeys\"", StringComparison.Ordinal) || command.Contains("pg_notify", StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_version_is_asked_for_by_key_and_alone(int orders)
    {
        var commands = new LedgerCommands();
        await using var shop = await ManualShop.OpenAsync(commands.Watch);
        var order = orders == 0 ? OrderId.New() : await shop.OrderAsync();
        commands.Clear();

        var version = await shop.Services.GetRequiredService<IPaymentLedger>().FindVersionAsync(order);

        Assert.Equal(orders == 0 ? null : 0, version);
        Assert.False(LedgerCommands.IsWholePayment(Assert.Single(commands.Made)));
    }
}
