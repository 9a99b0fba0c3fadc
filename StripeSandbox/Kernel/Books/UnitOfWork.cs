using StripeSandbox.Errors;
using StripeSandbox.Idempotency;
using StripeSandbox.Objects;

namespace StripeSandbox.Books;

/// <summary>
/// One change of the books, whole or not at all. What it claims is locked until it is disposed; what it puts is seen by
/// others once it is committed.
/// </summary>
internal sealed class UnitOfWork(SandboxBooks books, DateTimeOffset now, string? requestId, string? idempotencyKey) : IBookReader, IDisposable
{
    private readonly List<StripeObject> changes = [];
    private readonly List<Slot> claims = [];

    public DateTimeOffset Now => now;

    public long NowSeconds { get; } = now.ToUnixTimeSeconds();

    public T? Find<T>(string id)
        where T : StripeObject =>
        changes.Find(change => change.Id == id) is { } changed ? changed as T : books.Find<T>(id);

    /// <summary>Locks the object and reads it. Claim an intent before its customer, and a customer before its PaymentMethods.</summary>
    /// <exception cref="Refusal">Another request holds it for too long (429, lock_timeout).</exception>
    public T? Claim<T>(string id)
        where T : StripeObject
    {
        if (books.SlotOf(id) is { } slot && slot.Value is T)
        {
            if (!slot.TryEnter(books.LockPatience))
                throw Refusal.LockTimeout();
            claims.Add(slot);
        }

        return Find<T>(id);
    }

    public T Put<T>(T value)
        where T : StripeObject
    {
        var index = changes.FindIndex(change => change.Id == value.Id);
        if (index < 0)
            changes.Add(value);
        else
            changes[index] = value;
        return value;
    }

    /// <summary>
    /// Tells what happened, with the object as it is now and, for an update, as it was before
    /// (https://docs.stripe.com/api/events/types).
    /// </summary>
    public void Emit(string type, StripeObject value, StripeObject? previous = null)
    {
        Deliver(new Event
        {
            Id = Ids.New("evt_"),
            Created = NowSeconds,
            Type = type,
            Object = value,
            Previous = previous,
            RequestId = requestId,
            IdempotencyKey = idempotencyKey,
        });
    }

    /// <summary>Sends an event, new or old, to every endpoint that listens.</summary>
    public Event Deliver(Event happened)
    {
        var deliveries = 0;
        foreach (var endpoint in books.All<WebhookEndpoint>())
        {
            if (!endpoint.Wants(happened.Type))
                continue;
            deliveries++;
            Put(new Delivery
            {
                Id = Ids.New("whd_"),
                Created = NowSeconds,
                Event = happened.Id,
                Endpoint = endpoint.Id,
                State = DeliveryState.Pending,
            });
        }

        return Put(happened with { PendingDeliveries = happened.PendingDeliveries + deliveries });
    }

    /// <summary>The books as they are without this unit's changes.</summary>
    public SandboxBooks Books => books;

    /// <summary>Forgets what was put: a refused request changes nothing.</summary>
    public void Discard() => changes.Clear();

    /// <summary>Makes it so, together with the answer that is kept under an idempotency key.</summary>
    public void Commit(KeptAnswer? kept = null)
    {
        books.Commit(changes, kept);
        changes.Clear();
    }

    public void Dispose()
    {
        foreach (var slot in claims)
            slot.Exit();
        claims.Clear();
    }
}
