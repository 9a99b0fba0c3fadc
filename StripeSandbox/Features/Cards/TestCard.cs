using StripeSandbox.Errors;
using StripeSandbox.Objects;

namespace StripeSandbox.Cards;

/// <summary>When the bank wants to hear from the shopper.</summary>
internal enum Authentication
{
    /// <summary>The card takes no part in 3D Secure.</summary>
    None,

    /// <summary>The network takes part, this card's bank does not: nobody is asked.</summary>
    NotEnrolled,

    /// <summary>Only when the merchant asks for it.</summary>
    Optional,

    /// <summary>Authenticated without a challenge.</summary>
    Frictionless,

    /// <summary>On every payment.</summary>
    Always,

    /// <summary>On every payment with the shopper present; without, unless the card was set up for that.</summary>
    UnlessSetUp,

    /// <summary>With the shopper present; the card counts as set up for payments without.</summary>
    OnSessionOnly,

    /// <summary>Only when the merchant asks for it, and then the bank cannot be asked: the charge goes on without.</summary>
    OptionalLookupFails,

    /// <summary>Required, but the bank cannot be asked: the charge is declined.</summary>
    LookupFails,
}

internal enum RefundBehaviour
{
    Succeeds,
    PendingThenSucceeds,
    SucceedsThenFails,
}

internal enum Risk
{
    Normal,
    Elevated,
    Highest,
}

/// <summary>The bank's (or the risk rules') no.</summary>
internal sealed record Decline(string Code, string? DeclineCode, string Message, string? NetworkDeclineCode, string AdviceCode, string? Param = null)
{
    public static readonly Decline Generic = new("card_declined", "generic_decline", "Your card was declined.", "01", "try_again_later");

    public static readonly Decline InsufficientFunds =
        new("card_declined", "insufficient_funds", "Your card has insufficient funds.", "51", "try_again_later");

    public static readonly Decline LostCard = new("card_declined", "lost_card", "Your card was declined.", "41", "do_not_try_again");

    public static readonly Decline StolenCard = new("card_declined", "stolen_card", "Your card was declined.", "43", "do_not_try_again");

    public static readonly Decline ExpiredCard =
        new("expired_card", null, "Your card has expired.", "54", "do_not_try_again", "exp_month");

    public static readonly Decline IncorrectCvc =
        new("incorrect_cvc", null, "Your card's security code is incorrect.", "N7", "confirm_card_data", "cvc");

    public static readonly Decline ProcessingError =
        new("processing_error", null, "An error occurred while processing your card. Try again in a little bit.", "96", "try_again_later");

    public static readonly Decline VelocityExceeded = new("card_declined", "card_velocity_exceeded",
        "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.", "65", "try_again_later");

    /// <summary>Stopped by the risk rules: the bank was never asked.</summary>
    public static readonly Decline Fraudulent = new("card_declined", "fraudulent", "Your card was declined.", null, "do_not_try_again");

    public bool IsBlocked => ReferenceEquals(this, Fraudulent);

    /// <summary>The same as an error of the API.</summary>
    public Failure ToFailure() => new()
    {
        Type = "card_error",
        Code = Code,
        DeclineCode = DeclineCode,
        Message = Message,
        Param = Param,
        AdviceCode = AdviceCode,
        NetworkDeclineCode = NetworkDeclineCode,
    };

    /// <summary>The bank's no where there is no charge that could carry it.</summary>
    public Refusal ToRefusal() => new(StatusCodes.Status402PaymentRequired, ToFailure());
}

/// <summary>What the bank answers when the address or the CVC are checked; null where that part was not given.</summary>
internal sealed record CardChecks(string Line1 = "pass", string PostalCode = "pass", string Cvc = "pass");

/// <summary>A card of https://docs.stripe.com/testing and what it does.</summary>
internal sealed record TestCard(string Name)
{
    public string[] Numbers { get; init; } = [];

    /// <summary>Names that follow <c>pm_card_</c> and, for tokens, <c>tok_</c>.</summary>
    public string[] Tokens { get; init; } = [];

    public string Brand { get; init; } = "visa";

    public string Funding { get; init; } = "credit";

    public string Country { get; init; } = "US";

    /// <summary>The networks of a co-branded card; empty when there is only its brand's.</summary>
    public string[] Networks { get; init; } = [];

    public string[] AvailableNetworks => Networks.Length > 0 ? Networks : [Brand];

    /// <summary>The network that is shown and charged unless the shopper prefers another.</summary>
    public string DisplayBrand => Networks.Length > 0 ? Networks[0] : Brand;

    public Authentication Authentication { get; init; } = Authentication.NotEnrolled;

    public Decline? Decline { get; init; }

    /// <summary>Whether the bank says no already when the card is saved with a customer.</summary>
    public bool IsDeclinedWhenSaved { get; init; }

    public CardChecks Checks { get; init; } = new();

    public Risk Risk { get; init; }

    /// <summary>The reason of the dispute that follows a charge; null for none.</summary>
    public string? DisputeReason { get; init; }

    public bool DisputeIsInquiry { get; init; }

    /// <summary>The enhanced evidence that the dispute is eligible for; null for none.</summary>
    public string? DisputeEligibility { get; init; }

    /// <summary>How many disputes follow; each over its part of the charge.</summary>
    public int Disputes { get; init; } = 1;

    /// <summary>Whether the bank warns that the charge may be fraudulent.</summary>
    public bool WarnsOfFraud { get; init; }

    public RefundBehaviour Refund { get; init; }
}
