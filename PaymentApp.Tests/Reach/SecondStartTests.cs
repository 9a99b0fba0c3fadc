using System.Net;
using System.Net.Sockets;
using PaymentApp.Tests.Infrastructure;
using PaymentApp.Tests.Sandbox;

namespace PaymentApp.Tests.Reach;

/// <summary>A second start beside the first says what is wrong, in one line.</summary>
public sealed class SecondStartTests(SecondStartTests.FirstStart first) : IClassFixture<SecondStartTests.FirstStart>
{
    private static readonly int Starts = TestSize.Of(quick: 2, full: 3);

    [Fact]
    public async Task On_the_same_port_it_names_the_address()
    {
        var port = first.Shop.Port;

        await AssertRefusedAsync(first.Folder, $"http://127.0.0.1:{port} is in use", ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"));
    }

    [Fact]
    public Task On_the_same_data_it_names_the_file() =>
        AssertRefusedAsync(first.Folder, "sandbox.db is in use", ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

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

    [FullFact]
    public async Task After_a_kill_it_starts_again_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Take();
        for (var start = 0; start < Starts; start++)
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

    /// <summary>A shop that runs in a folder, whatever a second one does there.</summary>
    public sealed class FirstStart : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        internal KeylessShop Shop { get; private set; } = null!;

        internal string Folder => _folder.Path;

        public async Task InitializeAsync() => Shop = await KeylessShop.StartAsync(Folder, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose()
        {
            Shop?.Dispose();
            _folder.Dispose();
        }
    }
}
