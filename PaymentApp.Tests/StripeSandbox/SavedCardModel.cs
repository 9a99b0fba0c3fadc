namespace PaymentApp.Tests.Sandbox;

internal abstract record CardStep;

internal sealed record AttachTo(int Customer) : CardStep;

internal sealed record Detach : CardStep;

/// <summary>A payment of a customer, or of nobody.</summary>
internal sealed record PayAs(int? Customer, bool Saves) : CardStep;

internal sealed record DeleteCustomer(int Customer) : CardStep;

/// <summary>One card and two customers, as Stripe tells their story and no longer.</summary>
internal sealed class SavedCardModel
{
    private readonly bool[] _isDeleted = new bool[2];
    private bool _isUsed;
    private bool _isKept;
    private bool _isDetached;

    public int? Owner { get; private set; }

    public int Charges { get; private set; }

    public bool IsDeleted(int customer) => _isDeleted[customer];

    /// <summary>Plays the step and returns the status that the API answers with.</summary>
    public int Play(CardStep step) => step switch
    {
        AttachTo { Customer: var to } when !_isDeleted[to] && Owner is null && !_isDetached && (!_isUsed || _isKept) => Own(to),
        Detach when Owner is not null => Lose(),
        PayAs { Customer: null } pay when Owner is null && !_isUsed && !_isDetached => Pay(pay),
        PayAs { Customer: { } payer } pay when !_isDeleted[payer] && (Owner == payer || (Owner is null && !_isUsed && !_isDetached)) => Pay(pay),
        DeleteCustomer { Customer: var who } => Delete(who),
        _ => 400,
    };

    private int Own(int customer)
    {
        Owner = customer;
        return 200;
    }

    private int Lose()
    {
        (Owner, _isDetached) = (null, true);
        return 200;
    }

    private int Pay(PayAs pay)
    {
        Charges++;
        _isUsed = true;
        _isKept |= pay.Saves;
        if (pay.Saves)
            Owner ??= pay.Customer;
        return 200;
    }

    private int Delete(int customer)
    {
        if (_isDeleted[customer])
            return 404;
        _isDeleted[customer] = true;
        return Owner == customer ? Lose() : 200;
    }
}
