using System.ComponentModel.DataAnnotations;

namespace PaymentApp.Payments;

/// <summary>How the shop takes payments. Section <c>Payments</c>.</summary>
public sealed class PaymentsOptions
{
    public const string Section = "Payments";

    /// <summary>Which of the guide's two integrations is used.</summary>
    [EnumDataType(typeof(AuthenticationMode), ErrorMessage = "Payments:Authentication is Handle or Decline.")]
    public AuthenticationMode Authentication { get; set; } = AuthenticationMode.Handle;
}
