using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Payments;

/// <summary>How the shop takes payments. Section <c>Payments</c>.</summary>
public sealed class PaymentsOptions
{
    public const string Section = "Payments";

    /// <summary>Which of the guide's two integrations is used.</summary>
    [EnumDataType(typeof(AuthenticationMode), ErrorMessage = "Payments:Authentication is Handle or Decline.")]
    public AuthenticationMode Authentication { get; set; } = AuthenticationMode.Handle;

    /// <summary>Whether a paid order's money is taken at once or held for an operator to capture.</summary>
    [EnumDataType(typeof(CaptureMode), ErrorMessage = "Payments:Capture is Automatic or Manual.")]
    public CaptureMode Capture { get; set; } = CaptureMode.Automatic;

    /// <summary>What the sweeper does for a shopper who authenticated and did not come back.</summary>
    [EnumDataType(typeof(AfterAuthentication), ErrorMessage = "Payments:AfterAuthentication is Confirm or Wait.")]
    public AfterAuthentication AfterAuthentication { get; set; } = AfterAuthentication.Confirm;

    /// <summary>How long an order that is not paid stays open after it last moved: then it is canceled, at Stripe too if it has a PaymentIntent.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ErrorMessage = "Payments:AbandonAfter is between a minute and a year.")]
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often one order may be tried.</summary>
    [Range(1, 1000)]
    public int AttemptsPerOrder { get; set; } = 15;

    /// <summary>How many attempts one address may make in ten minutes.</summary>
    [Range(1, 1_000_000)]
    public int AttemptsPerAddress { get; set; } = 30;

    /// <summary>How many attempts one instance of the app takes in a minute.</summary>
    [Range(1, 1_000_000)]
    public int AttemptsOverall { get; set; } = 600;

    /// <summary>
    /// How many questions of how it stands the pages of one order may have Stripe asked in a minute. One takes a request, and
    /// two or three where something is settled by it; the end of a challenge that it leads back to comes with it.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QuestionsPerOrder { get; set; } = 30;

    /// <summary>How many such questions one address may ask in a minute, whatever the order.</summary>
    [Range(1, 1_000_000)]
    public int QuestionsPerAddress { get; set; } = 120;

    /// <summary>How many such questions one instance of the app takes in a minute.</summary>
    [Range(1, 1_000_000)]
    public int QuestionsOverall { get; set; } = 600;
}

/// <summary>What becomes of a payment that its shopper authenticated and left.</summary>
public enum AfterAuthentication
{
    /// <summary>The shopper pressed Pay and satisfied the bank: finish the payment.</summary>
    Confirm,

    /// <summary>Wait for the shopper; Stripe gives the attempt up after an hour.</summary>
    Wait,
}
