using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Setups;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Many at once on one SetupIntent, and on one customer.</summary>
public sealed class SetupConcurrencyTests : IAsyncLifetime
{
    private const int Clients = 32;

    private SandboxUnderTest sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task However_often_the_bank_is_answered_the_card_is_saved_once()
    {
        var customer = await sandbox.NewCustomerAsync();
        var setup = (await sandbox.SetUpAsync("pm_card_authenticationRequiredOnSetup", ("customer", customer))).Ok();

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("setup_intent_unexpected_state", answer.At("error.code")));
        Assert.Single(await sandbox.SetupStoryAsync(), type => type == "payment_method.attached");
        Assert.Single(sandbox.Server.Books.All<SetupAttempt>());
    }

    [Fact]
    public async Task No_card_of_one_customer_is_lost_among_many_threads()
    {
        const int Threads = 4;
        const int SetupsEach = 150;
        var customer = await sandbox.NewCustomerAsync();
        var setups = await Task.WhenAll(Enumerable.Range(0, Threads * SetupsEach).Select(_ => sandbox.NewSetupAsync(("customer", customer))));
        var books = sandbox.Server.Books;
        using var start = new Barrier(Threads);

        await Task.WhenAll(setups.Chunk(SetupsEach).Select(own => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            foreach (var setup in own)
            {
                using var unit = new UnitOfWork(books, sandbox.Clock.GetUtcNow(), null, null);
                SetupConfirmation.Confirm(
                    unit, unit.Claim<SetupIntent>(setup.Id)!, new ConfirmRequest { PaymentMethod = "pm_card_visa", Origin = "http://shop.example" });
                unit.Commit();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(Threads * SetupsEach, books.Find<Customer>(customer)!.PaymentMethods.Count);
    }

    [Fact]
    public async Task Setups_payments_and_detachments_of_one_customer_do_not_lock_each_other_out()
    {
        var customer = await sandbox.NewCustomerAsync();
        var saved = (await sandbox.SetUpAsync("pm_card_visa", ("customer", customer))).Ok().Text("payment_method");
        var waiting = new List<string>();
        for (var i = 0; i < Clients; i++)
            waiting.Add((await sandbox.SetUpAsync("pm_card_authenticationRequired", ("customer", customer))).Ok().Id);

        var answers = await Task.WhenAll(waiting.SelectMany(setup => new[]
        {
            sandbox.AnswerSetupChallengeAsync(setup, "succeed"),
            sandbox.SetUpAsync("pm_card_visa", ("customer", customer)),
            sandbox.SetUpAsync(saved, ("customer", customer)),
            sandbox.PayAsync(saved, ("customer", customer), ("off_session", "true")),
            DetachAsync(),
        }));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var kept = (await sandbox.GetAsync($"/v1/customers/{customer}/payment_methods?limit=100")).Ok().Json.GetProperty("data").GetArrayLength();
        Assert.Equal(1 + (2 * Clients), kept);

        async Task<SandboxAnswer> DetachAsync()
        {
            var card = (await sandbox.SetUpAsync("pm_card_visa", ("customer", customer))).Ok().Text("payment_method");
            return await sandbox.PostAsync($"/v1/payment_methods/{card}/detach");
        }
    }
}
