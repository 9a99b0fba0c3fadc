using PaymentApp.Ledger;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Tests.Ledger;

/// <summary>How the rows of a payment come to be compared with what they were.</summary>
public sealed class ChangeDetectionTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task A_change_is_looked_for_once_for_each_time_that_it_is_saved()
    {
        var order = (await _ledger.PlaceAsync()).Order.Id;
        await using var context = _ledger.CreateDbContext();
        var entry = (await LedgerEntry.LoadAsync(context, order, new PaymentsOptions(), CancellationToken.None))!;
        var times = 0;
        context.ChangeTracker.DetectingAllChanges += (_, _) => times++;

        entry.Begin(PaymentMethodId.Parse("pm_1"), AuthenticationMode.Handle, CaptureMode.Automatic, _ledger.Now);
        entry.KeepEmail(EmailAddress.Parse("ada@mail.example"));
        entry.Write(new NewStep(PaymentStepKind.Create, Amount: null), PaymentActor.Shopper, _ledger.Now);
        entry.Row.Version++;
        await context.SaveChangesAsync();

        Assert.Equal(1, times);
        Assert.Equal(1, (await _ledger.FindAsync(order)).Version);
    }

    [Fact]
    public async Task What_a_row_is_changed_to_is_saved_with_the_columns_that_repeat_it()
    {
        var order = (await _ledger.PlaceAsync()).Order.Id;
        await using var context = _ledger.CreateDbContext();
        var bought = (await context.Orders.FindAsync(order))!;
        var payment = (await context.Payments.FindAsync(order))!;

        payment.CardLast4 = "4242";
        context.Entry(bought).Property(row => row.Email).CurrentValue = EmailAddress.Parse("Ada@mail.example");
        Assert.Equal(2, await context.SaveChangesAsync());

        await using var later = _ledger.CreateDbContext();
        var saved = (await later.Payments.FindAsync(order))!;
        Assert.Equal(("4242", EmailAddress.Parse("Ada@mail.example").Key), (saved.CardLast4, saved.EmailKey));
    }
}
