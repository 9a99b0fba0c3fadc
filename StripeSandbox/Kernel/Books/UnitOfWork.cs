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
    private readonly List<StripeObject> _changes = [];
    private readonly List<ObjectLock> _claims = [];

    public DateTimeOffset Now => now;

    public long NowSeconds { get; } = now.ToUnixTimeSeconds();

    public T? Find<T>(string id)
        where T : StripeObject =>
        IndexOf(id) is >= 0 and var index ? _changes[index] as T : books.Find<T>(id);

    /// <summary>Locks the object and reads it. Claim an intent before its customer, and a customer before its PaymentMethods.</summary>
    /// <exception cref="Refusal">Another request holds it for too long (429, lock_timeout).</exception>
    public T? Claim<T>(string id)
        where T : StripeObject
    {
        if (books.SlotOf(id) is not null)
        {
            _claims.Add(books.Locks.TryEnter(id, books.LockPatience) ?? throw StateErrors.LockTimeout());
        }

        return Find<T>(id);
    }

    public T Put<T>(T value)
        where T : StripeObject
    {
        var index = IndexOf(value.Id);
        if (index < 0)
            _changes.Add(value);
        else
            _changes[index] = value;
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

    /// <summary>Tells that the intent was created, as it was before this unit did more with it.</summary>
    public void EmitCreated(PaymentIntent intent) => Deliver(new Event
    {
        Id = Ids.New("evt_"),
        Created = NowSeconds,
        Type = "payment_intent.created",
        Object = intent,
        IsAsCreated = true,
        RequestId = requestId,
        IdempotencyKey = idempotencyKey,
    });

    /// <summary>Sends an event, new or old, to every endpoint that listens.</summary>
    public Event Deliver(Event happened)
    {
        var deliveries = 0;
        var endpoints = books.Shelf<WebhookEndpoint>();
        for (var position = 0L; position < endpoints.Count; position++)
        {
            var endpoint = (WebhookEndpoint)endpoints[position].Value;
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

        return Put(deliveries == 0 ? happened : happened with { PendingDeliveries = happened.PendingDeliveries + deliveries });
    }

    /// <summary>The books as they are without this unit's changes.</summary>
    public SandboxBooks Books => books;

    /// <summary>Forgets what was put: a refused request changes nothing.</summary>
    public void Discard() => _changes.Clear();

    /// <summary>Makes it so, together with the answer that is kept under an idempotency key.</summary>
    public void Commit(KeptAnswer? kept = null)
    {
        ShareVersions();
        books.Commit(_changes, kept);
        _changes.Clear();
    }

    // What tells of an intent's creation needs no version of its own beside the one that the unit leaves.
    private void ShareVersions()
    {
        for (var index = 0; index < _changes.Count; index++)
        {
            if (_changes[index] is Event { IsAsCreated: true } happened && IndexOf(happened.Object.Id) is >= 0 and var left)
                _changes[index] = happened with { Object = _changes[left] };
        }
    }

    // A unit changes a handful of objects.
    private int IndexOf(string id)
    {
        for (var index = 0; index < _changes.Count; index++)
        {
            if (_changes[index].Id == id)
                return index;
        }

        return -1;
    }

    public void Dispose()
    {
        foreach (var claim in _claims)
            books.Locks.Exit(claim);
        _claims.Clear();
    }
}
