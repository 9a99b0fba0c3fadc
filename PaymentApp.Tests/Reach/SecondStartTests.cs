using System.Net;
using System.Net.Sockets;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Reach;

/// <summary>A second start beside the first says what is wrong, in one line.</summary>
public sealed class SecondStartTests
{
    [Fact]
    public async Task On_the_same_port_it_names_the_address()
    {
        using var folder = new TemporaryFolder();
        using var shop = await KeylessShop.StartAsync(folder.Path, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        await AssertRefusedAsync(folder.Path, $"http://127.0.0.1:{shop.Port} is in use", ("ASPNETCORE_URLS", $"http://127.0.0.1:{shop.Port}"));
    }

    [Fact]
    public async Task On_the_same_data_it_names_the_file()
    {
        using var folder = new TemporaryFolder();
        using var shop = await KeylessShop.StartAsync(folder.Path, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        await AssertRefusedAsync(folder.Path, "sandbox.db is in use", ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
    }

    [Fact]
    public async Task On_the_sandboxs_port_it_names_that()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;

        await AssertRefusedAsync(
            folder.Path, $"http://127.0.0.1:{taken} is in use", ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Stripe:SandboxPort", $"{taken}"));
    }

    [Fact]
    public async Task After_a_kill_it_starts_again_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Take();
        for (var start = 0; start < 3; start++)
        {
            using var shop = await KeylessShop.StartAsync(folder.Path, ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("Stripe:SandboxPort", "0"));
            Assert.Equal(port, shop.Port);
        }
    }

    private static async Task AssertRefusedAsync(string folder, string says, params (string, string)[] settings)
    {
        using var second = KeylessShop.Run(folder, settings);
        await second.Ended;

        Assert.Equal(1, second.ExitCode);
        var line = Assert.Single(second.Lines, line => line.Contains("cannot start", StringComparison.Ordinal));
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Lines, line => line.StartsWith("   at ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }
}
