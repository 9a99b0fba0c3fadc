namespace PaymentApp.Desk.Pages;

/// <summary>One bar of a plot.</summary>
/// <param name="Text">What stands for the value, where that is not the number itself.</param>
public sealed record Bar(string Name, decimal Value, string? Text = null);
