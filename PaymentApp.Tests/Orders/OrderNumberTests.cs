using PaymentApp.Orders;

namespace PaymentApp.Tests.Orders;

public sealed class OrderNumberTests
{
    [Theory]
    [InlineData("7KQ2-M4XRT", "7KQ2-M4XRT")]
    [InlineData(" 7kq2-m4xrt ", "7KQ2-M4XRT")]
    [InlineData("7KQ2M4XRT", "7KQ2-M4XRT")]
    [InlineData("7KQ2 M4XRT", "7KQ2-M4XRT")]
    [InlineData("7KQ2–M4XRT", "7KQ2-M4XRT")]
    [InlineData("#7KQ2-M4XRT.", "7KQ2-M4XRT")]
    [InlineData("7KQ-2M4XRT", "7KQ2-M4XRT")]
    [InlineData("7KQ2-M4XR", "7KQ2-M4XR")]
    [InlineData("7KQ2-M4XRTü", "7KQ2-M4XRTÜ")]
    [InlineData("1042", "1042")]
    [InlineData("", "")]
    public void A_number_is_read_as_it_was_given_out(string typed, string number) => Assert.Equal(number, OrderNumber.Read(typed));
}
