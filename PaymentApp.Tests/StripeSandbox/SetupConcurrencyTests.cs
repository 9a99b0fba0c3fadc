using StripeSandbox.Books;
using StripeSandbox.Customers;
using StripeSandbox.Objects;
using StripeSandbox.Payments;
using StripeSandbox.Setups;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Many at once on one SetupIntent, and on one customer.</summary>
public sealed class SetupConcurrencyTests : IAsyncLifetime
{
    private const int Clients = 32;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task However_often_the_bank_is_answered_the_card_is_saved_once()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var setup = (await _sandbox.SetUpAsync("pm_card_authenticationRequiredOnSetup", ("customer", customer))).Ok();

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => _sandbox.AnswerSetupChallengeAsync(setup.Id, "succeed")));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("setup_intent_unexpected_state", answer.At("error.code")));
        Assert.Single(await _sandbox.SetupStoryAsync(), type => type == "payment_method.attached");
        Assert.Single(_sandbox.Server.Books.All<SetupAttempt>());
    }

    [Fact]
    public async Task No_card_of_one_customer_is_lost_among_many_threads()
    {
        const int Threads = 4;
        const int SetupsEach = 150;
        var customer = await _sandbox.NewCustomerAsync();
        var setups = await Task.WhenAll(Enumerable.Range(0, Threads * SetupsEach).Select(_ => _sandbox.NewSetupAsync(("customer", customer))));
        var books = _sandbox.Server.Books;
        using var start = new Barrier(Threads);

        await Task.WhenAll(setups.Chunk(SetupsEach).Select(own => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            foreach (var setup in own)
            {
                using var unit = new UnitOfWork(books, _sandbox.Clock.GetUtcNow(), null, null);
                SetupConfirmation.Confirm(
                    unit, unit.Claim<SetupIntent>(setup.Id)!, new ConfirmRequest { PaymentMethod = "pm_card_visa", Origin = "http://shop.example" });
                unit.Commit();
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(Threads * SetupsEach, books.Find<Customer>(customer)!.PaymentMethods.Count);
    }

    [Fact]
    public async Task Whoever_changes_a_card_waits_for_its_customer_first_so_nobody_locks_another_out()
    {
        var customer = await _sandbox.NewCustomerAsync();
        var card = (await _sandbox.SetUpAsync("pm_card_visa", ("customer", customer))).Ok().Text("payment_method");
        Exception? payerRefused;
        Exception? detacherRefused = null;
        var detaching = new Thread(() => detacherRefused = Record.Exception(() =>
        {
            using var unit = NewUnit();
            SavedMethods.Detach(unit, card);
            unit.Commit();
        }));

        using (var paying = NewUnit())
        {
            paying.Claim<Customer>(customer);
            detaching.Start();
            Assert.True(SpinWait.SpinUntil(() => detaching.ThreadState.HasFlag(ThreadState.WaitSleepJoin), LongestWait));
            payerRefused = Record.Exception(() => paying.Claim<PaymentMethod>(card));
        }

        detaching.Join();
        Assert.Null(payerRefused);
        Assert.Null(detacherRefused);
        Assert.Empty(_sandbox.Server.Books.Find<Customer>(customer)!.PaymentMethods);

        UnitOfWork NewUnit() => new(_sandbox.Server.Books, _sandbox.Clock.GetUtcNow(), null, null);
    }
}
