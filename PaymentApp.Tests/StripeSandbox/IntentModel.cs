namespace PaymentApp.Tests.Sandbox;

internal sealed record Expected(int Status);

/// <summary>An intent under manual confirmation, as the guide tells it and no longer.</summary>
internal sealed class IntentModel(bool capturesLater)
{
    private static readonly Expected Ok = new(200);
    private static readonly Expected Declined = new(402);
    private static readonly Expected Refused = new(400);

    private Card? _card;
    private bool _isAuthenticated;
    private bool _hasFailedCard;
    private int _minutesSinceConfirm;
    private int _minutesSinceAuthorization;

    public string State { get; private set; } = "requires_payment_method";

    public string? LastError { get; private set; }

    public int Charges { get; private set; }

    private bool IsOpen => State is "requires_payment_method" or "requires_confirmation" or "requires_action";

    public Expected Play(Step step) => step switch
    {
        ConfirmWith { Card: var fresh } when IsOpen => Confirm(fresh, authenticated: false),
        ConfirmAgain when IsOpen && _card is { } own => Confirm(own, _isAuthenticated),
        ConfirmWithUsedCard when IsOpen && _hasFailedCard => Refused,
        AnswerBank { IsAuthenticated: var passed } when State == "requires_action" => Answer(passed),
        Cancel when IsOpen || State == "requires_capture" => End("canceled"),
        Wait { Minutes: var minutes } => Wait(minutes),
        _ => Refused,
    };

    private Expected Confirm(Card with, bool authenticated)
    {
        (_card, _minutesSinceConfirm, LastError) = (with, 0, null);
        if (!authenticated && with is Card.Authenticated or Card.AuthenticatedThenDeclined)
        {
            State = "requires_action";
            _isAuthenticated = false;
            return Ok;
        }

        if (with is Card.Declined or Card.AuthenticatedThenDeclined)
        {
            Fail("card_declined");
            return Declined;
        }

        Charges++;
        return End(capturesLater ? "requires_capture" : "succeeded");
    }

    private Expected Answer(bool passed)
    {
        if (passed)
            (State, _isAuthenticated) = ("requires_confirmation", true);
        else
            Fail("payment_intent_authentication_failure");
        return Ok;
    }

    private Expected Wait(int minutes)
    {
        _minutesSinceConfirm += minutes;
        _minutesSinceAuthorization += minutes;
        if (State is "requires_action" or "requires_confirmation" && _minutesSinceConfirm >= 60)
            Fail("payment_intent_payment_attempt_expired");
        if (State == "requires_capture" && _minutesSinceAuthorization >= 7 * 24 * 60)
            State = "canceled";
        return Ok;
    }

    private Expected End(string state)
    {
        (State, _minutesSinceAuthorization) = (state, 0);
        return Ok;
    }

    private void Fail(string error) => (State, LastError, _card, _isAuthenticated, _hasFailedCard) = ("requires_payment_method", error, null, false, true);
}
