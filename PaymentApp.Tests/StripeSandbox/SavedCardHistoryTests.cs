using FsCheck;
using FsCheck.Fluent;
using PaymentApp.Tests.Infrastructure;
using StripeSandbox.Objects;
using Xunit.Abstractions;

namespace PaymentApp.Tests.Sandbox;

/// <summary>
/// Random histories of a card between two customers, one after the other against a model of a page, and many at once.
/// </summary>
public sealed class SavedCardHistoryTests(ITestOutputHelper output)
{
    private static readonly int Runs = TestSize.Of(quick: 15, full: 150);

    [Fact]
    public async Task Any_history_leaves_the_card_where_the_model_says()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        var histories = Steps().NonEmptyListOf().Select(steps => steps.ToArray());
        Randomly.Check(output, Arb.From(histories, ShorterHistories), (CardStep[] history) => PlayAsync(sandbox, history), Runs);
        Assert.Empty(SandboxInvariants.ProblemsOf(sandbox.Server.Books));
    }

    [Fact]
    public async Task Whatever_happens_at_once_customers_and_cards_agree()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        var customers = await NewCustomersAsync(sandbox, 4);
        var cards = new List<string>();
        for (var i = 0; i < 40; i++)
            cards.Add(await sandbox.NewCardAsync("4242424242424242"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async client =>
        {
            var random = new Random(client);
            var statuses = new List<int>();
            for (var i = 0; i < 60; i++)
            {
                var customer = random.Next(50) == 0 ? random.Next(4) : random.Next(3);
                CardStep step = random.Next(10) switch
                {
                    0 when customer == 3 => new DeleteCustomer(customer),
                    < 4 => new AttachTo(customer),
                    4 => new Detach(),
                    _ => new PayAs(random.Next(4) == 0 ? null : customer, random.Next(2) == 0),
                };
                statuses.Add((await DoAsync(sandbox, step, cards[random.Next(cards.Count)], customers)).Status);
            }

            return statuses;
        }));

        Assert.All(answers.SelectMany(statuses => statuses), status => Assert.True(status is 200 or 400 or 404, $"{status}"));
        Assert.Empty(SandboxInvariants.ProblemsOf(sandbox.Server.Books));
    }

    private static async Task PlayAsync(SandboxUnderTest sandbox, CardStep[] history)
    {
        var customers = await NewCustomersAsync(sandbox, 2);
        var card = await sandbox.NewCardAsync("4242424242424242");
        var model = new SavedCardModel();
        foreach (var step in history)
        {
            var expected = model.Play(step);
            var answer = await DoAsync(sandbox, step, card, customers);

            var owner = (await sandbox.GetAsync($"/v1/payment_methods/{card}")).Ok().At("customer");
            var charges = sandbox.Server.Books.All<Charge>().Count(charge => charge.PaymentMethod.Id == card);
            Assert.Equal(
                $"{step}: {expected}, of {(model.Owner is { } own ? customers[own] : null)}, {model.Charges} charges",
                $"{step}: {answer.Status}, of {owner}, {charges} charges");
        }

        foreach (var index in new[] { 0, 1 }.Where(index => !model.IsDeleted(index)))
        {
            var list = (await sandbox.GetAsync($"/v1/customers/{customers[index]}/payment_methods")).Ok().Json.GetProperty("data");
            Assert.Equal(model.Owner == index ? 1 : 0, list.GetArrayLength());
        }
    }

    private static Task<SandboxAnswer> DoAsync(SandboxUnderTest sandbox, CardStep step, string card, string[] customers) => step switch
    {
        AttachTo { Customer: var to } => sandbox.PostAsync($"/v1/payment_methods/{card}/attach", ("customer", customers[to])),
        Detach => sandbox.PostAsync($"/v1/payment_methods/{card}/detach"),
        DeleteCustomer { Customer: var who } =>
            sandbox.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{customers[who]}"), SandboxUnderTest.SecretKey),
        PayAs { Customer: var payer, Saves: var saves } => sandbox.PayAsync(card,
        [
            .. payer is { } index ? new[] { ("customer", customers[index]) } : [],
            .. saves ? new[] { ("setup_future_usage", "off_session") } : [],
        ]),
        _ => throw new InvalidOperationException(),
    };

    private static async Task<string[]> NewCustomersAsync(SandboxUnderTest sandbox, int count)
    {
        var customers = new string[count];
        for (var i = 0; i < count; i++)
            customers[i] = (await sandbox.PostAsync("/v1/customers")).Ok().Id;
        return customers;
    }

    private static Gen<CardStep> Steps()
    {
        var customer = Gen.Elements(0, 1);
        return Gen.Frequency(
            (4, customer.Select(CardStep (to) => new AttachTo(to))),
            (1, Gen.Constant<CardStep>(new Detach())),
            (5, from payer in Gen.Elements<int?>(null, 0, 0, 1) from saves in Gen.Elements(true, false) select (CardStep)new PayAs(payer, saves)),
            (1, customer.Select(CardStep (who) => new DeleteCustomer(who))));
    }

    private static IEnumerable<CardStep[]> ShorterHistories(CardStep[] history) =>
        Enumerable.Range(0, history.Length).Select(left => history.Where((_, index) => index != left).ToArray());
}
