using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Tests.Killing;

/// <summary>What a shopper's circuit and an operator ask of the services, as requests: each has a scope of its own.</summary>
internal sealed class DriveRoutes(KillSwitch kill) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/drive", drive => drive.UseRouting().UseEndpoints(Map));
        next(app);
    };

    private void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders", async (string product, IOrderBook book, Catalogue catalogue) =>
        {
            var order = await book.PlaceAsync(catalogue.Find(product)!);
            kill.Reach(KillPoint.OrderPlaced);
            return order.Id.Value;
        });
        routes.MapPost("/orders/{id}/pay", async (string id, string card, IPaymentService payments, IPaymentLedger ledger) =>
            await AnswerAsync(await payments.PayAsync(OrderId.Parse(id), card), id, ledger));
        routes.MapPost("/orders/{id}/confirm", async (string id, IPaymentService payments, IPaymentLedger ledger) =>
            await AnswerAsync(await payments.ConfirmAsync(OrderId.Parse(id), PaymentActor.Shopper), id, ledger));
        routes.MapPost("/orders/{id}/cancel", async (string id, IPaymentOperations operations, IPaymentLedger ledger) =>
            await AnswerAsync(await operations.CancelAsync(OrderId.Parse(id), CancelReason.RequestedByCustomer, PaymentActor.Shopper), id, ledger));
        routes.MapPost("/orders/{id}/refund", async (string id, long? amount, IPaymentOperations operations, IPaymentLedger ledger) =>
        {
            var payment = await ledger.FindAsync(OrderId.Parse(id));
            var part = amount is { } minorUnits ? payment!.Order.Amount with { MinorUnits = minorUnits } : (Money?)null;
            return await AnswerAsync(await operations.RefundAsync(OrderId.Parse(id), part, RefundReason.RequestedByCustomer, PaymentActor.Shopper), id, ledger);
        });
        routes.MapGet("/in-hand", (WorkInHand work) => work.Count);
        routes.MapPost("/clock", (int advance, AheadClock clock, WorkSignal work) =>
        {
            clock.Advance(TimeSpan.FromSeconds(advance));
            // The worker sleeps on a timer that was set before.
            work.Raise();
        });
    }

    private static async Task<DriveAnswer> AnswerAsync(object outcome, string id, IPaymentLedger ledger) =>
        new(outcome.GetType().Name, (await ledger.FindAsync(OrderId.Parse(id)))?.Intent?.Value);
}

/// <param name="Outcome">The name of the outcome's case.</param>
/// <param name="Intent">The order's PaymentIntent, where it has one.</param>
internal sealed record DriveAnswer(string Outcome, string? Intent);
