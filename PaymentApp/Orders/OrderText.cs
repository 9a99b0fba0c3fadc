namespace PaymentApp.Orders;

/// <summary>Names the resource files of what is said about an order: on its pages, in its receipt and in its mails.</summary>
public sealed class OrderText;
