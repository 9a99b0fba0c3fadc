namespace PaymentApp.Orders;

/// <summary>An order could not be written in time because something else was being written. Nothing was placed.</summary>
public sealed class OrderBookBusyException(Exception innerException) : Exception("The order book is busy.", innerException);
