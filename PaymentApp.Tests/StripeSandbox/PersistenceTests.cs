using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox;
using StripeSandbox.Objects;

namespace PaymentApp.Tests.Sandbox;

/// <summary>What was answered is still true after a restart, however the process ended.</summary>
public sealed partial class PersistenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;

    private string File => Path.Combine(_folder, "sandbox.data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restart_goes_on_where_it_was()
    {
        SandboxAnswer waiting, paid, refund;
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = File))
        {
            waiting = (await before.PayAsync("pm_card_authenticationRequired")).Ok();
            paid = (await before.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa"))).Ok();
            refund = (await before.PostAsync("/v1/refunds", ("payment_intent", paid.Id), ("amount", "500"), ("metadata[a]", "1"))).Ok();
            await before.PostAsAsync(null, "/_sandbox/clock", ("advance", "60"));
        }

        await using var after = await SandboxUnderTest.StartAsync(options => options.Data = File);

        Assert.Equal(waiting.Body, (await after.GetAsync($"/v1/payment_intents/{waiting.Id}")).Body);
        Assert.Equal(refund.Body, (await after.GetAsync($"/v1/refunds/{refund.Id}")).Body);
        var replayed = (await after.PostOnceAsync("order-1", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa"))).Ok();
        Assert.Equal("true", replayed.Header("Idempotent-Replayed"));
        Assert.Equal(paid.Body, replayed.Body);
        Assert.Equal("60", (await after.GetAsync("/_sandbox/clock", key: null)).At("ahead_seconds"));

        Assert.Equal("requires_confirmation", (await after.AnswerChallengeAsync(waiting.Id, "succeed")).Ok().State);
        Assert.Equal("succeeded", (await after.ConfirmAsync(waiting.Id)).Ok().State);
        var newest = (await after.GetAsync("/v1/payment_intents")).Ok().Json.GetProperty("data")[0];
        Assert.Equal(paid.Id, newest.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Customers_keep_their_cards_and_what_the_bank_allowed_them()
    {
        SandboxAnswer customer, card;
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = File))
        {
            customer = (await before.PostAsync("/v1/customers",
                ("email", "jenny@example.com"), ("shipping[name]", "Jenny"), ("shipping[address][line1]", "Gasse 1"), ("invoice_settings[custom_fields][0][name]", "VAT"),
                ("invoice_settings[custom_fields][0][value]", "DE1"), ("invoice_settings[rendering_options][template]", "t"), ("metadata[a]", "1"))).Ok();
            var waiting = (await before.PayAsync("pm_card_authenticationRequiredOnSetup",
                ("customer", customer.Id), ("setup_future_usage", "off_session"))).Ok();
            await before.AnswerChallengeAsync(waiting.Id, "succeed");
            card = (await before.ConfirmAsync(waiting.Id, ("expand[]", "payment_method"))).Ok();
        }

        await using var after = await SandboxUnderTest.StartAsync(options => options.Data = File);

        Assert.Equal(customer.Body, (await after.GetAsync($"/v1/customers/{customer.Id}")).Body);
        var id = card.Text("payment_method.id");
        Assert.Equal(card.At("payment_method"), (await after.GetAsync($"/v1/payment_intents/{card.Id}?expand[]=payment_method")).At("payment_method"));
        Assert.Equal("succeeded", (await after.PayAsync(id, ("customer", customer.Id), ("off_session", "true"))).Ok().State);
        Assert.Empty(SandboxInvariants.ProblemsOf(after.Server.Books));
    }

    [Fact]
    public async Task The_hour_goes_on_running_across_a_restart()
    {
        var clock = TestClock.Create();
        var options = new SandboxOptions { Url = "http://127.0.0.1:0", Data = File };
        string id;
        await using (var before = await SandboxUnderTest.StartAsync(own => own.Data = File))
            id = (await before.PayAsync("pm_card_authenticationRequired")).Ok().Id;

        clock.Advance(TimeSpan.FromHours(2));
        await using var after = await SandboxServer.StartAsync(options, clock);
        using var http = new HttpClient { BaseAddress = after.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.SecretKey);

        Assert.Contains("payment_intent_payment_attempt_expired", await http.GetStringAsync($"/v1/payment_intents/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_waits_for_its_bank_is_set_up_after_a_restart()
    {
        SandboxAnswer waiting;
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = File))
        {
            var customer = await before.NewCustomerAsync();
            waiting = (await before.SetUpAsync("pm_card_authenticationRequiredOnSetup", ("customer", customer), ("flow_directions[]", "inbound"))).Ok();
        }

        await using var after = await SandboxUnderTest.StartAsync(options => options.Data = File);

        Assert.Equal(waiting.Body, (await after.SetupAsync(waiting.Id)).Body);
        Assert.Equal("succeeded", (await after.AnswerSetupChallengeAsync(waiting.Id, "succeed")).Ok().State);
        Assert.Equal("succeeded", (await after.SetupAsync(waiting.Id, "?expand[]=latest_attempt")).At("latest_attempt.status"));
        Assert.Equal("succeeded", (await after.PayAsync(
            waiting.Text("payment_method"), ("customer", waiting.Text("customer")), ("off_session", "true"))).Ok().State);
    }

    [Fact]
    public async Task A_line_cut_short_is_dropped_and_the_rest_is_kept()
    {
        string id;
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = File))
            id = (await before.PayAsync("pm_card_visa")).Ok().Id;
        await System.IO.File.AppendAllTextAsync(File, """{"Changes":[{"is":"intent","Id":"pi_half""");

        await using (var after = await SandboxUnderTest.StartAsync(options => options.Data = File))
        {
            Assert.Equal("succeeded", (await after.GetAsync($"/v1/payment_intents/{id}")).Ok().State);
            Assert.Single(after.Server.Books.All<PaymentIntent>());
            await after.PayAsync("pm_card_visa");
        }

        await using var again = await SandboxUnderTest.StartAsync(options => options.Data = File);
        Assert.Equal(2, again.Server.Books.All<PaymentIntent>().Count());
    }

    [Fact]
    public async Task Another_file_is_not_touched()
    {
        await System.IO.File.WriteAllTextAsync(File, "a shopping list\n");
        await Assert.ThrowsAsync<InvalidDataException>(() => SandboxUnderTest.StartAsync(options => options.Data = File));
        Assert.Equal("a shopping list\n", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Two_sandboxes_cannot_share_a_file()
    {
        await using var first = await SandboxUnderTest.StartAsync(options => options.Data = File);
        await Assert.ThrowsAnyAsync<IOException>(() => SandboxUnderTest.StartAsync(options => options.Data = File));
    }

    [Fact]
    public async Task A_reset_empties_the_file_too()
    {
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = File))
        {
            await before.PayAsync("pm_card_visa");
            await before.PostAsAsync(null, "/_sandbox/reset");
        }

        await using var after = await SandboxUnderTest.StartAsync(options => options.Data = File);
        Assert.Empty(after.Server.Books.Everything());
    }

    [Fact]
    public async Task Events_that_were_not_delivered_are_delivered_after_a_restart()
    {
        await using var shop = await WebhookReceiver.StartAsync();
        await using (var before = await SandboxUnderTest.StartAsync(options => options.Data = File))
        {
            await before.PostAsAsync(null, "/_sandbox/webhook_endpoints", ("url", shop.Url), ("secret", "whsec_1"));
            await before.PostAsAsync(null, "/_sandbox/deliveries", ("hold", "true"));
            await before.PayAsync("pm_card_visa");
        }

        await using var after = await SandboxUnderTest.StartAsync(options => options.Data = File);

        Assert.Equal(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"], await shop.NextTypesAsync(3));
    }

    [FullFact]
    public async Task Nothing_that_was_answered_is_lost_when_the_process_is_killed()
    {
        var answered = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var process = await StartProcessAsync();
            using var http = new HttpClient { BaseAddress = process.Address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", SandboxUnderTest.SecretKey);
            foreach (var id in answered)
                Assert.Contains("\"succeeded\"", await http.GetStringAsync($"/v1/payment_intents/{id}"), StringComparison.Ordinal);

            var clients = Enumerable.Range(0, 4).Select(_ => PayUntilKilledAsync(http)).ToArray();
            await Eventually.TrueAsync(() => { lock (answered) return answered.Count >= (round + 1) * 50; });
            process.Kill();
            await Task.WhenAll(clients);
        }

        Assert.True(answered.Count >= 150);

        async Task PayUntilKilledAsync(HttpClient http)
        {
            try
            {
                while (true)
                {
                    using var response = await http.PostAsync("/v1/payment_intents", new FormUrlEncodedContent(
                        SandboxUnderTest.Guide("pm_card_visa").Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));
                    var id = IntentId().Match(await response.Content.ReadAsStringAsync()).Value;
                    lock (answered)
                        answered.Add(id);
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or SocketException)
            {
                // Killed: what was not answered is not counted.
            }
        }
    }

    private async Task<SandboxProcess> StartProcessAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(SandboxServer).Assembly.Location, "--url", "http://127.0.0.1:0", "--data", File },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Announced().Match(line) is { Success: true } match)
                return new SandboxProcess(process, new Uri(match.Groups[1].Value));
        }

        throw new InvalidOperationException("The sandbox did not start.");
    }

    [GeneratedRegex(@"answers at (http://\S+),")]
    private static partial Regex Announced();

    [GeneratedRegex("pi_[0-9A-Za-z]{24}")]
    private static partial Regex IntentId();

    private sealed class SandboxProcess(Process process, Uri address) : IDisposable
    {
        public Uri Address => address;

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
                Kill();
            process.Dispose();
        }
    }
}
