namespace PaymentApp.Components;

/// <summary>Names the resource files of what stands around and between the pages of an order.</summary>
public sealed class ShopText;
