using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PaymentApp.Ledger;
using PaymentApp.Tests.Desk;
using PaymentApp.Tests.Infrastructure;

namespace PaymentApp.Tests.Components;

/// <summary>
/// SQLite answers at once, in the caller's own thread; a database server answers later, and until then a page has nothing to
/// show. Each page is rendered twice then: without what it shows, and with it.
/// </summary>
public sealed class SlowLedgerTests
{
    [Fact]
    public async Task Every_page_waits_for_a_ledger_that_answers_later()
    {
        await using var shop = await ManualShop.OpenAsync(
            services => services.ConfigureDbContext<LedgerContext>(options => options.AddInterceptors(new LateAnswers())), DeskShop.Accounts);
        var order = await shop.OrderTriedWithAsync(ManualShop.PoorCard);
        var number = (await shop.FindAsync(order)).Order.Number;
        using var visitor = new DeskVisitor(shop.Shop.Address);
        await visitor.SignInAsync(DeskShop.OperatorName, DeskShop.OperatorPassword);

        foreach (var (path, shown) in new[]
        {
            ("/desk", number), ("/desk/attention", "Nothing needs you."), ("/desk/insights", "insufficient_funds"), ($"/desk/payments/{number}", "insufficient_funds"),
            ($"/orders/{order}", "Pay now"), ($"/checkout/{order}", "Your order"),
        })
        {
            var page = await visitor.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            Assert.Contains(shown, page.Document.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    private sealed class LateAnswers : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return result;
        }
    }
}
