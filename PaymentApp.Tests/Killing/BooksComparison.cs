using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;
using PaymentApp.Work;

namespace PaymentApp.Tests.Killing;

/// <summary>Holds a shop's ledger against the sandbox's books and what shoppers were told, order by order.</summary>
/// <param name="Problems">Everything that does not agree.</param>
internal sealed record BooksComparison(int Orders, int Paid, int Charges, int Refunds, IReadOnlyList<string> Problems)
{
    public static async Task<BooksComparison> TakeAsync(CrashTestShop shop)
    {
        var problems = new List<string>();
        await using var ledger = shop.ReadLedger();
        var orders = await ledger.Orders.AsNoTracking()
            .Join(ledger.Payments, order => order.Id, payment => payment.OrderId, (order, payment) => new OrderAndPayment(order, payment)).ToListAsync();
        var fulfilled = (await ledger.Fulfilments.AsNoTracking().ToListAsync()).ToDictionary(row => row.OrderId, row => row.FulfilledAt);
        var completions = (await ledger.Timeline.AsNoTracking().Where(line => line.Event == TimelineEvent.Fulfilled).ToListAsync()).ToLookup(line => line.OrderId);
        var looks = (await ledger.Work.AsNoTracking().Where(work => work.Kind == WorkKind.Look && work.Status != WorkStatus.Done).ToListAsync())
            .Select(work => work.Subject).ToHashSet();
        var steps = (await ledger.Steps.AsNoTracking().ToListAsync()).ToLookup(step => step.OrderId);
        var refunds = (await ledger.Refunds.AsNoTracking().ToListAsync()).ToLookup(refund => refund.OrderId);
        var intents = (await shop.Sandbox.ListAsync("/v1/payment_intents")).ToLookup(intent => OrderOf(intent));
        var charges = (await shop.Sandbox.ListAsync("/v1/charges")).Where(IsTaken).ToLookup(charge => Text(charge, "payment_intent"));

        var disputes = (await shop.Sandbox.ListAsync("/v1/disputes")).ToLookup(dispute => Text(dispute, "payment_intent"));
        var elsewhere = shop.Memory.Elsewhere;

        foreach (var (order, payment) in orders)
        {
            var own = intents[order.Id.Value].ToList();
            var taken = own.SelectMany(intent => charges[Text(intent, "id")]).ToList();
            Expect(order, own.Count <= 1, $"has {own.Count} PaymentIntents");
            Expect(order, taken.Count <= 1, $"was charged {taken.Count} times");
            Expect(order, payment.State is PaymentState.Paid == taken.Count > 0, $"is {payment.State} with {taken.Count} charges");
            Expect(order, payment.State is PaymentState.Paid == fulfilled.ContainsKey(order.Id), $"is {payment.State} and fulfilled otherwise");
            Expect(order, own.Count == 0 ? payment.IntentId is null : own.Exists(intent => Text(intent, "id") == payment.IntentId?.Value), "names another PaymentIntent");
            Expect(order, own.Count == 0 || StateOf(own[0]) == payment.State, $"is {payment.State}, its PaymentIntent is not");
            Expect(order, taken.Sum(charge => Number(charge, "amount_captured")) == payment.CapturedMinorUnits, "received another amount");
            Expect(order, taken.Count == 0 || payment.CapturedMinorUnits == order.Amount.MinorUnits, "cost another amount");
            Expect(order, taken.Sum(charge => Number(charge, "amount_refunded")) == payment.RefundedMinorUnits, "gave back another amount");
            Expect(order, refunds[order.Id].Count() == steps[order.Id].Count(IsRefunded) + elsewhere[order.Id.Value].Count(), "gave back more often than was asked");
            var disputed = own.SelectMany(intent => disputes[Text(intent, "id")]).ToLookup(dispute => Text(dispute, "status"), dispute => Number(dispute, "amount"));
            Expect(order, disputed["needs_response"].Concat(disputed["under_review"]).Sum() == payment.DisputedMinorUnits, "is disputed over another amount");
            Expect(order, disputed["lost"].Sum() == payment.LostMinorUnits, "lost another amount");
            Expect(order, steps[order.Id].All(step => step.Result is not null), "has a step open for ever");
            Expect(order, !looks.Contains(order.Id.Value), "is looked at for ever");
            Expect(order, payment.State is not PaymentState.Paid || fulfilled.GetValueOrDefault(order.Id) is not null, "was never fulfilled");
            Expect(order, payment.State is PaymentState.Paid == File.Exists(Path.Combine(shop.PackingSlips, order.Number + ".txt")), "has another packing slip");
            Expect(order, completions[order.Id].Count() <= 1, "was fulfilled more than once");
        }

        var known = orders.ToDictionary(pair => pair.Order.Id.Value, pair => pair.Payment);
        problems.AddRange(shop.Memory.Orders.Where(id => !known.ContainsKey(id)).Select(id => $"{id}: its shopper knows it, the ledger does not"));
        problems.AddRange(shop.Memory.Paid.Where(id => known.GetValueOrDefault(id)?.State is not PaymentState.Paid)
            .Select(id => $"{id}: its shopper was told that it is paid"));
        problems.AddRange(intents.Where(group => !known.ContainsKey(group.Key)).Select(group => $"{group.Key}: only Stripe knows it"));
        problems.AddRange((await ledger.Work.AsNoTracking().Where(work => work.Status != WorkStatus.Done && work.Kind != WorkKind.CatchUp).ToListAsync())
            .Select(work => $"{work.Kind} {work.Subject} is {work.Status}: {work.Note} (due {work.DueAt:T}, tries {work.Tries}, leased until {work.LeaseUntil:T}, now {shop.Now:s})"));

        var paid = orders.Count(pair => pair.Payment.State is PaymentState.Paid);
        var books = (await shop.Sandbox.BooksAsync()).GetProperty("charges").GetProperty("succeeded").GetInt32();
        if ((books, fulfilled.Count) != (paid, paid))
            problems.Add($"{paid} orders are paid, {fulfilled.Count} fulfilled, and the sandbox's books say {books} charges");
        return new BooksComparison(orders.Count, paid, books, refunds.Sum(group => group.Count()), problems);

        void Expect(Order order, bool isTrue, string otherwise)
        {
            if (!isTrue)
                problems.Add($"{order.Id} ({order.Number}) {otherwise}");
        }
    }

    private sealed record OrderAndPayment(Order Order, PaymentRow Payment);

    private static bool IsTaken(JsonElement charge) => Text(charge, "status") == "succeeded" && charge.GetProperty("captured").GetBoolean();

    private static bool IsRefunded(StepRow step) => step is { Kind: PaymentStepKind.Refund, Result: PaymentStepResult.Answered };

    private static PaymentState? StateOf(JsonElement intent) => Text(intent, "status") switch
    {
        "succeeded" => PaymentState.Paid,
        "canceled" => PaymentState.Canceled,
        "requires_payment_method" => PaymentState.AwaitingPayment,
        _ => null,
    };

    private static string OrderOf(JsonElement intent) => Text(intent.GetProperty("metadata"), "order_id");

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString() ?? "";

    private static long Number(JsonElement value, string name) => value.GetProperty(name).GetInt64();
}
