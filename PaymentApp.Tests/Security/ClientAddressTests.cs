using System.Net;
using Microsoft.AspNetCore.Http;
using PaymentApp.Security;

namespace PaymentApp.Tests.Security;

/// <summary>Whom the limits count as one visitor.</summary>
public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    public void Addresses_of_one_customer_are_one(string address, string other) => Assert.Equal(Of(address), Of(other));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("2001:db8::", "::")]
    public void Addresses_of_two_customers_are_two(string address, string other) => Assert.NotEqual(Of(address), Of(other));

    [Fact]
    public void A_connection_without_an_address_is_nobodys()
    {
        Assert.Null(ClientAddress.Of(new DefaultHttpContext()));
        Assert.Null(ClientAddress.Of(http: null));
    }

    private static string? Of(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return ClientAddress.Of(http);
    }
}
