using Microsoft.AspNetCore.Components;
using Moq;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Checkout;

/// <summary>The payment service as a test plans it. A call that was not planned throws.</summary>
internal sealed class ScriptedPayments
{
    private readonly Mock<IPaymentService> _service = new(MockBehavior.Strict);
    private readonly Dispatcher _circuit;
    private readonly Queue<Func<CancellationToken, Task<PaymentOutcome>>> _payAnswers = new();
    private readonly Queue<Func<CancellationToken, Task<PaymentOutcome>>> _confirmAnswers = new();
    private Action? _duringNextCall;
    private int _version;
    private readonly List<(OrderId Order, string PaymentMethod, AuthenticationMode? Authentication)> _paid = [];

    public ScriptedPayments(Dispatcher circuit)
    {
        _circuit = circuit;
        _service
            .Setup(payments => payments.PayAsync(It.IsAny<OrderId>(), It.IsAny<PaymentMethodId>(), It.IsAny<AuthenticationMode?>(), It.IsAny<CancellationToken>()))
            .Returns((OrderId order, PaymentMethodId paymentMethod, AuthenticationMode? authentication, CancellationToken stop) =>
            {
                _paid.Add((order, paymentMethod.Value, authentication));
                return Next(_payAnswers, "PayAsync", stop);
            });
        _service
            .Setup(payments => payments.ConfirmAsync(It.IsAny<OrderId>(), PaymentActor.Shopper, It.IsAny<CancellationToken>()))
            .Returns((OrderId _, PaymentActor _, CancellationToken stop) =>
            {
                Confirmations++;
                return Next(_confirmAnswers, "ConfirmAsync", stop);
            });
    }

    public IPaymentService Service => _service.Object;

    /// <summary>What the server was asked to pay, and with what.</summary>
    public IReadOnlyList<(OrderId Order, string PaymentMethod, AuthenticationMode? Authentication)> Paid => _paid;

    public int Confirmations { get; private set; }

    /// <summary>How often the ledger was asked for a whole payment.</summary>
    public int Lookups { get; private set; }

    /// <summary>How often the ledger was asked for a version alone.</summary>
    public int VersionLookups { get; private set; }

    /// <summary>How often an authentication was given up.</summary>
    public int GivenUp { get; private set; }

    /// <summary>An order stands so, and stood otherwise before if it was held already.</summary>
    public Payment Hold(Payment payment) => HoldAgain(payment with { Version = ++_version });

    /// <summary>An order stands as it did before, under the same version.</summary>
    public Payment HoldAgain(Payment held)
    {
        VersionLookups = 0;
        _service.Setup(payments => payments.FindAsync(held.Order.Id, It.IsAny<CancellationToken>())).Callback(() => Lookups++).ReturnsAsync(held);
        _service.Setup(payments => payments.FindVersionAsync(held.Order.Id, It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                VersionLookups++;
                Happen();
                return Task.FromResult<int?>(held.Version);
            });
        _service.Setup(payments => payments.GiveUpAuthenticationAsync(held.Order.Id, It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                GivenUp++;
                Happen();
                return Task.FromResult<Payment?>(
                    held.State is PaymentState.AwaitingAuthentication or PaymentState.AwaitingConfirmation && held.OpenStep is null
                        ? Hold(held with { IsGivenUp = true })
                        : held);
            });
        return held;
    }

    public void HoldNothing()
    {
        _service.Setup(payments => payments.FindAsync(It.IsAny<OrderId>(), It.IsAny<CancellationToken>())).ReturnsAsync((Payment?)null);
        _service.Setup(payments => payments.FindVersionAsync(It.IsAny<OrderId>(), It.IsAny<CancellationToken>())).ReturnsAsync((int?)null);
    }

    public Pending<int?> WillFindVersionWhenTold(OrderId order)
    {
        var pending = new Pending<int?>(_circuit);
        _service.Setup(payments => payments.FindVersionAsync(order, It.IsAny<CancellationToken>()))
            .Returns((OrderId _, CancellationToken stop) =>
            {
                VersionLookups++;
                return pending.WaitAsync(stop);
            });
        return pending;
    }

    public void WillFailToFindVersion(OrderId order, Exception failure) =>
        _service.Setup(payments => payments.FindVersionAsync(order, It.IsAny<CancellationToken>())).ThrowsAsync(failure);

    public Pending<Payment?> WillFindWhenTold(OrderId order)
    {
        var pending = new Pending<Payment?>(_circuit);
        _service.Setup(payments => payments.FindAsync(order, It.IsAny<CancellationToken>()))
            .Returns((OrderId _, CancellationToken stop) => pending.WaitAsync(stop));
        return pending;
    }

    public void DuringNextCall(Action happens) => _duringNextCall = happens;

    public void WillAnswer(PaymentOutcome outcome) => _payAnswers.Enqueue(_ => Task.FromResult(outcome));

    /// <summary>The real service finishes what it began, whoever leaves: the token does not count.</summary>
    public Pending<PaymentOutcome> WillAnswerWhenTold() => Wait(_payAnswers);

    public void WillConfirm(PaymentOutcome outcome) => _confirmAnswers.Enqueue(_ => Task.FromResult(outcome));

    /// <inheritdoc cref="WillAnswerWhenTold"/>
    public Pending<PaymentOutcome> WillConfirmWhenTold() => Wait(_confirmAnswers);

    /// <summary>The service gives up where it had not begun yet.</summary>
    public Pending<PaymentOutcome> WillWaitToBegin()
    {
        var pending = new Pending<PaymentOutcome>(_circuit);
        _payAnswers.Enqueue(pending.WaitAsync);
        return pending;
    }

    private Task<PaymentOutcome> Next(
        Queue<Func<CancellationToken, Task<PaymentOutcome>>> answers, string call, CancellationToken stop)
    {
        Happen();
        return answers.TryDequeue(out var answer) ? answer(stop) : throw new InvalidOperationException($"This {call} was not planned.");
    }

    private void Happen()
    {
        var happens = _duringNextCall;
        _duringNextCall = null;
        happens?.Invoke();
    }

    private Pending<PaymentOutcome> Wait(Queue<Func<CancellationToken, Task<PaymentOutcome>>> answers)
    {
        var pending = new Pending<PaymentOutcome>(_circuit);
        answers.Enqueue(_ => pending.WaitAsync(CancellationToken.None));
        return pending;
    }
}
