using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace PaymentApp.Tests.Infrastructure;

/// <summary>The address by which other machines know this one.</summary>
public static class OtherAddress
{
    public const string WhyNot = "This machine has no address but its loopback: nothing could be reached as from elsewhere.";

    public static string? Found { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .FirstOrDefault(address => address.Address.AddressFamily == AddressFamily.InterNetwork)?.Address.ToString();
}

/// <summary>A test that reaches this machine as another one would: where it has no such address, the test is shown as skipped.</summary>
public sealed class OtherAddressFactAttribute : FactAttribute
{
    public OtherAddressFactAttribute(bool isDear = false)
    {
        if (OtherAddress.Found is null)
            Skip = OtherAddress.WhyNot;
        else if (isDear)
            Skip = TestSize.WhyLeftOut;
    }
}
