using System.Globalization;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Books;
using StripeSandbox.Objects;
using StripeSandbox.Refunds;

namespace PaymentApp.Tests.Sandbox;

/// <summary>Many clients at once: nothing is charged twice, nothing is lost, and the books balance.</summary>
public sealed class ConcurrencyTests : IAsyncLifetime
{
    private const int Clients = 64;

    private SandboxUnderTest _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Simultaneous_confirms_of_one_intent_charge_it_once()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1999"), ("currency", "usd"), ("confirmation_method", "manual"))).Ok();

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => _sandbox.ConfirmAsync(intent.Id, ("payment_method", "pm_card_visa"))));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("payment_intent_unexpected_state", answer.At("error.code")));
        Assert.Single(_sandbox.Server.Books.All<Charge>());
    }

    [Fact]
    public async Task One_payment_method_pays_one_of_two_intents()
    {
        for (var round = 0; round < 20; round++)
        {
            var card = await _sandbox.NewCardAsync("4242424242424242");
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _sandbox.PayAsync(card)));
            Assert.Single(answers, answer => answer.Status == 200);
        }
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_an_object_is_told_to_try_again()
    {
        var intent = (await _sandbox.PostAsync("/v1/payment_intents", ("amount", "1999"), ("currency", "usd"))).Ok();
        using var isHeld = new ManualResetEventSlim();
        using var isAnswered = new ManualResetEventSlim();
        // A claim belongs to the thread that made it.
        var holder = Task.Factory.StartNew(() =>
        {
            using var unit = new UnitOfWork(_sandbox.Server.Books, _sandbox.Clock.GetUtcNow(), null, null);
            unit.Claim<PaymentIntent>(intent.Id);
            isHeld.Set();
            isAnswered.Wait();
        }, TaskCreationOptions.LongRunning);
        isHeld.Wait();

        _sandbox.Server.Books.LockPatience = TimeSpan.FromMilliseconds(10);
        var refused = await _sandbox.PostOnceAsync("key-of-the-late", $"/v1/payment_intents/{intent.Id}", ("description", "late"));
        isAnswered.Set();
        await holder;
        _sandbox.Server.Books.LockPatience = TimeSpan.FromSeconds(5);
        var repeated = (await _sandbox.PostOnceAsync("key-of-the-late", $"/v1/payment_intents/{intent.Id}", ("description", "late"))).Ok();

        Assert.Equal((429, "lock_timeout"), (refused.Status, refused.At("error.code")));
        Assert.Equal("late", repeated.At("description"));
        Assert.Null(repeated.Header("Idempotent-Replayed"));
    }

    [FullFact]
    public async Task No_change_of_one_object_is_lost_among_many_threads()
    {
        const int Threads = 4;
        const int RefundsEach = 450;
        var paid = (await _sandbox.PayAsync("pm_card_visa")).Ok();
        var books = _sandbox.Server.Books;
        using var start = new Barrier(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < RefundsEach; i++)
            {
                using var unit = new UnitOfWork(books, _sandbox.Clock.GetUtcNow(), null, null);
                var intent = unit.Claim<PaymentIntent>(paid.Id)!;
                Refunding.Refund(unit, unit.Find<Charge>(intent.LatestCharge!)!, 1, null, Metadata.Empty);
                unit.Commit();
            }
        }, TaskCreationOptions.LongRunning)));

        Assert.Equal(Threads * RefundsEach, books.Find<Charge>(paid.Text("latest_charge"))!.AmountRefunded);
        Assert.Equal(Threads * RefundsEach, books.All<Refund>().Count());
    }

    [Fact]
    public async Task The_books_balance_after_everybody_has_done_everything_at_once()
    {
        var intents = await Task.WhenAll(Enumerable.Range(0, 8).Select(async index => (await _sandbox.PostAsync("/v1/payment_intents",
            ("amount", "1000"), ("currency", "usd"), ("confirmation_method", "manual"), ("capture_method", index % 2 == 0 ? "manual" : "automatic"))).Ok().Id));

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => WorkAsync(new Random(client))));

        Assert.DoesNotContain(answers.SelectMany(list => list), status => status >= 500);
        Assert.Empty(SandboxInvariants.ProblemsOf(_sandbox.Server.Books));
        var sums = (await _sandbox.GetAsync("/_sandbox/books", key: null)).Ok();
        var charges = _sandbox.Server.Books.All<Charge>().Where(charge => charge.Status == ChargeStatus.Succeeded).ToList();
        var refunds = _sandbox.Server.Books.All<Refund>().ToList();
        Assert.NotEmpty(refunds);
        Assert.Equal(charges.Sum(charge => charge.AmountCaptured).ToString(CultureInfo.InvariantCulture), sums.At("sums.usd.captured"));
        // What was authorized and not captured went back as a refund of its own.
        var left = charges.Where(charge => charge.Captured).Sum(charge => charge.Amount) - refunds.Sum(refund => refund.Amount);
        Assert.Equal(left.ToString(CultureInfo.InvariantCulture), sums.At("sums.usd.net"));

        async Task<List<int>> WorkAsync(Random random)
        {
            var statuses = new List<int>();
            for (var step = 0; step < 15; step++)
            {
                var id = intents[random.Next(intents.Length)];
                var answer = await (random.Next(5) switch
                {
                    0 => _sandbox.ConfirmAsync(id, ("payment_method", "pm_card_visa")),
                    1 => _sandbox.PostAsync($"/v1/payment_intents/{id}/capture", ("amount_to_capture", "600")),
                    2 => _sandbox.PostAsync("/v1/refunds", ("payment_intent", id), ("amount", "100")),
                    3 => _sandbox.GetAsync($"/v1/payment_intents/{id}?expand[]=latest_charge"),
                    _ => _sandbox.PostOnceAsync($"key-{random.Next(20)}", "/v1/payment_intents", SandboxUnderTest.Guide("pm_card_visa")),
                });
                statuses.Add(answer.Status);
            }

            return statuses;
        }
    }
}
