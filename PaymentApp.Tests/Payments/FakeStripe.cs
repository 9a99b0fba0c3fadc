using PaymentApp.Payments;

namespace PaymentApp.Tests.Payments;

/// <summary>What goes wrong with a call.</summary>
public enum Trouble
{
    None,

    /// <summary>Surely not carried out.</summary>
    NotExecuted,

    /// <summary>Not carried out, but the caller cannot know.</summary>
    RequestLost,

    /// <summary>Carried out, and the caller cannot know.</summary>
    AnswerLost,

    /// <summary>The shop's process ends before the call.</summary>
    CrashBefore,

    /// <summary>The shop's process ends after the call was carried out.</summary>
    CrashAfter,
}

/// <summary>The shop's process ended: nothing that would have come after this happened.</summary>
internal sealed class ShopCrashedException() : Exception("The shop's process ended here.");

/// <param name="IdempotencyKey">Null for a call that moves nothing.</param>
internal sealed record StripeCall(string Verb, PaymentIntentId? Intent, PaymentMethodId? PaymentMethod, string? IdempotencyKey);

/// <summary>
/// A small Stripe in memory: intents that are confirmed by hand, PaymentMethods that serve once, idempotency keys that
/// replay. Keeps its own books, which are the truth that a test compares the ledger with.
/// </summary>
internal sealed class FakeStripe : IPaymentGateway
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PaymentIntentId, FakeIntent> _intents = [];
    private readonly Dictionary<string, (string Request, GatewayAnswer<IntentSnapshot> Answer)> _answersByKey = [];
    private readonly HashSet<PaymentMethodId> _usedPaymentMethods = [];
    private readonly Queue<Trouble> _troubles = [];
    private readonly List<StripeCall> _calls = [];

    /// <summary>Runs before and after each call is carried out, outside of it.</summary>
    public Func<StripeCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Func<StripeCall, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>Lets a test put nonsense in place of an answer.</summary>
    public Func<StripeCall, GatewayAnswer<IntentSnapshot>, GatewayAnswer<IntentSnapshot>> Answering { get; set; } = (_, answer) => answer;

    public IReadOnlyList<StripeCall> Calls => Read(() => _calls.ToList());

    public IReadOnlyList<StripeCall> MoneyCalls => Read(() => _calls.Where(call => call.IdempotencyKey is not null).ToList());

    public IReadOnlyList<FakeIntent> Intents => Read(() => _intents.Values.ToList());

    public FakeIntent IntentOf(OrderId order) => Read(() => _intents.Values.Single(intent => intent.Order == order));

    /// <summary>What goes wrong with the next calls, one after the other.</summary>
    public void Suffer(params Trouble[] next) => Read(() =>
    {
        foreach (var trouble in next)
            _troubles.Enqueue(trouble);
        return true;
    });

    public void Recover() => Read(() =>
    {
        _troubles.Clear();
        return true;
    });

    /// <summary>The shopper ends the bank's challenge, where one is open.</summary>
    public void EndChallenge(OrderId order, bool authenticated) => Read(() =>
    {
        if (_intents.Values.SingleOrDefault(intent => intent.Order == order) is { } intent)
            intent.EndChallenge(authenticated);
        return true;
    });

    public async Task<GatewayAnswer<IntentSnapshot>> CreateAsync(NewIntent intent, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var call = new StripeCall("create", null, intent.PaymentMethod, idempotencyKey);
        return await ServeAsync(call, intent.ToString(), () =>
        {
            if (!_usedPaymentMethods.Add(intent.PaymentMethod))
                return Unusable();

            var created = new FakeIntent(PaymentIntentId.Parse($"pi_{_intents.Count + 1}"), intent.Order.Id, intent.Order.Amount);
            _intents.Add(created.Id, created);
            created.Confirm(FakeCard.Of(intent.PaymentMethod), intent.Authentication);
            return created.Answer();
        });
    }

    public async Task<GatewayAnswer<IntentSnapshot>> ConfirmAsync(
        PaymentIntentId intent, Confirmation confirmation, string idempotencyKey, CancellationToken cancellationToken = default)
    {
        var call = new StripeCall("confirm", intent, confirmation.PaymentMethod, idempotencyKey);
        return await ServeAsync(call, $"{intent} {confirmation}", () =>
        {
            var known = _intents[intent];
            if (known.IsOver || (confirmation.PaymentMethod is null && !known.AwaitsConfirmation))
                return known.Answer();
            if (confirmation.PaymentMethod is { } fresh && !_usedPaymentMethods.Add(fresh))
                return Unusable();

            known.Confirm(confirmation.PaymentMethod is { } id ? FakeCard.Of(id) : null, confirmation.Authentication);
            return known.Answer();
        });
    }

    public async Task<GatewayAnswer<IntentSnapshot>> RetrieveAsync(PaymentIntentId intent, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await ServeAsync(new StripeCall("retrieve", intent, null, null), intent.Value, () => _intents[intent].Answer());
    }

    public async Task<GatewayAnswer<IntentSnapshot>> SearchAsync(
        OrderId order, DateTime since, DateTime until, CancellationToken cancellationToken = default) =>
        await ServeAsync(new StripeCall("search", null, null, null), order.Value, () =>
            _intents.Values.SingleOrDefault(intent => intent.Order == order)?.Answer()
            ?? new GatewayAnswer<IntentSnapshot>.Rejected(new PaymentFailure(FailureReason.ServiceBusy)));

    public Task<GatewayAnswer<IntentSnapshot>> CaptureAsync(
        PaymentIntentId intent, Money? amount, string idempotencyKey, CancellationToken cancellationToken = default) => throw NotHere();

    public Task<GatewayAnswer<IntentSnapshot>> CancelAsync(
        PaymentIntentId intent, string? reason, string idempotencyKey, CancellationToken cancellationToken = default) => throw NotHere();

    public Task<GatewayAnswer<RefundSnapshot>> RefundAsync(
        PaymentIntentId intent, Money amount, string? reason, string idempotencyKey, CancellationToken cancellationToken = default) => throw NotHere();

    public Task<GatewayAnswer<PaymentSnapshot>> ReadPaymentAsync(
        PaymentIntentId intent, IntentSnapshot? current = null, CancellationToken cancellationToken = default) => throw NotHere();

    private static InvalidOperationException NotHere() =>
        new("This Stripe only takes payments; what comes after is tested against the sandbox.");

    private async Task<GatewayAnswer<IntentSnapshot>> ServeAsync(StripeCall call, string request, Func<GatewayAnswer<IntentSnapshot>> execute)
    {
        await Before(call);
        var (trouble, answer) = Read(() =>
        {
            var trouble = _troubles.TryDequeue(out var next) ? next : Trouble.None;
            if (trouble is Trouble.CrashBefore)
                throw new ShopCrashedException();

            _calls.Add(call);
            return trouble is Trouble.NotExecuted or Trouble.RequestLost ? (trouble, new GatewayAnswer<IntentSnapshot>.Unknown()) : (trouble, Execute(call, request, execute));
        });
        await After(call);

        return trouble switch
        {
            Trouble.NotExecuted => new GatewayAnswer<IntentSnapshot>.NotExecuted(new PaymentFailure(FailureReason.ServiceBusy)),
            Trouble.RequestLost or Trouble.AnswerLost => new GatewayAnswer<IntentSnapshot>.Unknown(),
            Trouble.CrashAfter => throw new ShopCrashedException(),
            _ => Answering(call, answer),
        };
    }

    private GatewayAnswer<IntentSnapshot> Execute(StripeCall call, string request, Func<GatewayAnswer<IntentSnapshot>> execute)
    {
        if (call.IdempotencyKey is not { } key)
            return execute();
        if (_answersByKey.TryGetValue(key, out var first))
            return first.Request == request ? first.Answer : new GatewayAnswer<IntentSnapshot>.Unknown();

        var answer = execute();
        _answersByKey.Add(key, (request, answer));
        return answer;
    }

    private static GatewayAnswer<IntentSnapshot>.Rejected Unusable() =>
        new(new PaymentFailure(FailureReason.PaymentMethodUnusable, "payment_method_unexpected_state"));

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }
}
