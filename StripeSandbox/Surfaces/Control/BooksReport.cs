using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Rendering;

namespace StripeSandbox.Control;

/// <summary>
/// The sandbox's own account of what was charged: what a test holds a shop's ledger against. Sums are per currency, in
/// minor units; <c>net</c> is what was captured less what went back.
/// </summary>
internal static class BooksReport
{
    public static JsonReply Of(SandboxBooks books)
    {
        var intents = books.All<PaymentIntent>().ToList();
        var setups = books.All<SetupIntent>().ToList();
        var charges = books.All<Charge>().ToList();
        var refunds = books.All<Refund>().Where(refund => refund.Status is RefundStatus.Succeeded or RefundStatus.Pending).ToList();
        return new JsonReply(output =>
        {
            var json = output.Json;
            json.WriteStartObject();
            WriteStatuses(output, "payment_intents"u8, intents);
            WriteStatuses(output, "setup_intents"u8, setups);
            json.WriteStartObject("charges"u8);
            output.Number("succeeded"u8, charges.Count(charge => charge.Status == ChargeStatus.Succeeded));
            output.Number("failed"u8, charges.Count(charge => charge.Status == ChargeStatus.Failed));
            output.Number("disputed"u8, charges.Count(charge => charge.Dispute is not null));
            json.WriteEndObject();
            output.Number("refunds"u8, refunds.Count);
            output.Number("customers"u8, books.All<Customer>().Count(customer => !customer.IsDeleted));
            output.Number("payment_methods"u8, books.Shelf<PaymentMethod>().Count);
            output.Number("events"u8, books.Shelf<Event>().Count);
            json.WriteStartObject("sums"u8);
            foreach (var currency in charges.GroupBy(charge => charge.Currency).OrderBy(group => group.Key, StringComparer.Ordinal))
                WriteSums(output, currency.Key, [.. currency.Where(charge => charge.Status == ChargeStatus.Succeeded)]);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WriteStatuses(JsonOutput output, ReadOnlySpan<byte> name, IReadOnlyList<Intent> intents)
    {
        output.Json.WriteStartObject(name);
        output.Number("total"u8, intents.Count);
        foreach (var status in Enum.GetValues<IntentStatus>())
            output.Json.WriteNumber(status.Wire(), intents.Count(intent => intent.Status == status));
        output.Json.WriteEndObject();
    }

    private static void WriteSums(JsonOutput output, string currency, IReadOnlyList<Charge> charges)
    {
        output.Json.WriteStartObject(currency);
        output.Number("authorized"u8, charges.Sum(charge => charge.Amount));
        output.Number("captured"u8, charges.Sum(charge => charge.AmountCaptured));
        output.Number("refunded"u8, charges.Sum(Returned));
        output.Number("net"u8, charges.Sum(charge => charge.AmountCaptured - Returned(charge)));
        output.Json.WriteEndObject();
    }

    // What was authorized and never captured stands among the refunds too, but was never received.
    private static long Returned(Charge charge) =>
        charge.Captured ? charge.AmountRefunded - (charge.Amount - charge.AmountCaptured) : 0;
}
