using PaymentApp.Desk.Queries;
using PaymentApp.Ledger;
using PaymentApp.Payments;
using PaymentApp.Webhooks;

namespace PaymentApp.Tests.Ledger;

/// <summary>The desk is as quick at a million orders as at ten: what it asks goes by key or by a range of an index (invariant 12).</summary>
public sealed class DeskQueryPlanTests : IDisposable
{
    private const int Many = 5_000;

    private readonly QueryPlans _plans = new();
    private readonly TestLedger _ledger;
    private readonly DeskLedger _desk;

    public DeskQueryPlanTests()
    {
        _ledger = new TestLedger(_plans);
        _desk = new DeskLedger(_ledger, new DeskWork(_ledger.Queue()), _ledger.Clock);
    }

    public static TheoryData<int, string> Filters
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var size in new[] { 0, Many })
            {
                foreach (var filter in new[] { "", "state=Paid", "state=Canceled", "code=insufficient_funds", "currency=usd", "currency=eur", "last4=4242", "email=Ada.7@mail.example", "email=ada.7@mail.example state=Paid", "state=Paid code=insufficient_funds currency=usd" })
                    data.Add(size, filter);
            }

            return data;
        }
    }

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Each_filter_is_a_range_of_an_index_in_the_order_of_the_list(int others, string filter)
    {
        await FillAsync(others);
        var values = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        var read = PaymentFilter.Read(
            "2026-01-01", "2026-01-04", values.GetValueOrDefault("state"), values.GetValueOrDefault("code"), values.GetValueOrDefault("currency"),
            values.GetValueOrDefault("last4"), EmailAddress.TryParse(values.GetValueOrDefault("email"), out var email) ? new SearchedEmail(email, "") : null, new DateOnly(2026, 1, 4));

        await _plans.AssertByKeyAsync(() => _desk.TotalAsync(read));
        var executed = await _plans.AssertByKeyAsync(async () =>
        {
            var first = await _desk.ListAsync(read, after: null, 20);
            await _desk.ListAsync(read, first.Next ?? 0, 20);
        });

        Assert.All(executed, command => Assert.False(
            command.Plan.Any(line => line.Contains("TEMP B-TREE", StringComparison.Ordinal)), command.ToString()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many)]
    public async Task A_payment_and_what_belongs_to_it_is_found_by_key(int others)
    {
        await FillAsync(others);
        var payment = await _ledger.PlaceAsync();
        await _ledger.BeginAttemptAsync(payment);

        await _plans.AssertByKeyAsync(async () =>
        {
            foreach (var text in new[] { payment.Order.Number, payment.Order.Id.Value, "pi_1", "nothing" })
                await _desk.FindOrderAsync(text);
            Assert.Single((await _desk.HistoryAsync(payment.Order.Id))!.Attempts);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many)]
    public async Task The_insights_are_ranges_of_days(int others)
    {
        await FillAsync(others);

        await _plans.AssertByKeyAsync(() => _desk.CountAttemptsAsync(new DayRange(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 4))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many)]
    public async Task What_needs_a_person_is_found_among_what_does(int others)
    {
        await FillAsync(others);

        await _plans.AssertByKeyAsync(() => _desk.AttentionAsync(100));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many)]
    public async Task What_operators_do_is_kept_by_key(int others)
    {
        await FillAsync(others);
        var payment = await _ledger.PlaceAsync();
        var actions = new DeskActions(_ledger, _ledger.Payments, _ledger.Changes, _ledger.Clock);
        var action = new OperatorAction(Guid.NewGuid(), payment.Order.Id, "Olga", OperatorActionKind.Refund, null, "Duplicate", _ledger.Clock.GetUtcNow().UtcDateTime);

        await _plans.AssertByKeyAsync(async () =>
        {
            Assert.True(await actions.TryBeginAsync(action));
            Assert.False(await actions.TryBeginAsync(action with { Operator = "Victor" }));
            await actions.EndAsync(action.Id, OperatorActionResult.Done, null);
        });

        var kept = Assert.Single((await _desk.HistoryAsync(payment.Order.Id))!.Actions);
        Assert.Equal(("Olga", OperatorActionResult.Done), (kept.Operator, kept.Result));
    }

    private async Task FillAsync(int others)
    {
        if (others == 0)
            return;
        await using var context = _ledger.CreateDbContext();
        await LargeLedger.FillAsync(context, others);
    }
}
