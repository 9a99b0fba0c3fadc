using StripeSandbox.Books;
using StripeSandbox.Dashboard.Requests;
using StripeSandbox.Objects;

namespace StripeSandbox.Dashboard.Payments;

/// <summary>Everything that belongs to one payment.</summary>
internal sealed class PaymentHistory(SandboxBooks books, RequestLog log)
{
    private readonly Backlinks<PaymentIntent, Event> _events = new(books, happened => IntentOf(happened.Object));
    private readonly Backlinks<Event, Delivery> _deliveries = new(books, delivery => delivery.Event);

    private readonly Backlinks<Charge, Dispute> _disputes = new(books, dispute => dispute.Charge);

    /// <summary>Newest first; a charge may have several.</summary>
    public IReadOnlyList<Dispute> DisputesOf(PaymentIntent intent) => [.. intent.Charges.SelectMany(_disputes.To)];

    /// <summary>How the payment stands, in a word or two.</summary>
    public PaymentLabel LabelOf(PaymentIntent intent) => LatestChargeOf(intent) is { } charge
        ? PaymentLabel.Of(intent, charge, charge.Dispute is null ? [] : DisputesOf(intent))
        : PaymentLabel.Of(intent, null, []);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Event> EventsOf(PaymentIntent intent) => _events.To(intent.Id);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Delivery> DeliveriesOf(Event happened) => _deliveries.To(happened.Id);

    public Charge? LatestChargeOf(PaymentIntent intent) => intent.LatestCharge is { } id ? books.Find<Charge>(id) : null;

    public PaymentMethod? MethodOf(PaymentIntent intent) =>
        LatestChargeOf(intent)?.PaymentMethod
        ?? (intent.PaymentMethod is { } id ? books.Find<PaymentMethod>(id) : null)
        ?? intent.LastPaymentError?.PaymentMethod;

    /// <summary>The intent, its charges with their refunds and disputes, and the PaymentMethod.</summary>
    public IReadOnlyList<StripeObject> ObjectsOf(PaymentIntent intent)
    {
        var objects = new List<StripeObject> { intent };
        foreach (var charge in intent.Charges.Select(books.Find<Charge>).OfType<Charge>())
        {
            objects.Add(charge);
            objects.AddRange(charge.Refunds.Select(books.Find<Refund>).OfType<Refund>());
            objects.AddRange(_disputes.To(charge.Id));
        }

        if (MethodOf(intent) is { } method)
            objects.Add(method);
        return objects;
    }

    /// <summary>Those of its requests that the log still knows, newest first.</summary>
    public IReadOnlyList<LoggedRequest> RequestsOf(PaymentIntent intent)
    {
        var ids = ObjectsOf(intent).Where(value => value is not PaymentMethod).Select(value => value.Id).ToHashSet();
        return [.. log.NewestFirst().Where(request => Concerns(request, ids))];
    }

    /// <summary>The payment that an object belongs to; null for objects of no payment.</summary>
    public static string? IntentOf(StripeObject? value) => value switch
    {
        PaymentIntent intent => intent.Id,
        Charge charge => charge.PaymentIntent,
        Refund refund => refund.PaymentIntent,
        Dispute dispute => dispute.PaymentIntent,
        _ => null,
    };

    private static bool Concerns(LoggedRequest request, HashSet<string> ids) =>
        (request.Result is { } result && ids.Contains(result.Id))
        || request.Path.Split('/').Any(ids.Contains)
        || (request.Form is { } form && (ids.Contains(form.Text("payment_intent") ?? "") || ids.Contains(form.Text("charge") ?? "")));
}
