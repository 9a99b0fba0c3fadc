using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PaymentApp.Orders;
using PaymentApp.Payments;

namespace PaymentApp.Ledger;

/// <summary>Orders and their payments: attempts, the keys of their requests, refunds, fulfilment, and the work that is to be done. One context lives for one operation.</summary>
internal class LedgerContext : DbContext
{
    public LedgerContext(DbContextOptions options)
        : base(options) =>
        // Each look at an entry would compare all rows with what they were: a payment did so ten times before it was saved.
        ChangeTracker.AutoDetectChangesEnabled = false;

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<PaymentRow> Payments => Set<PaymentRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    public DbSet<StepRow> Steps => Set<StepRow>();

    public DbSet<FulfilmentRow> Fulfilments => Set<FulfilmentRow>();

    public DbSet<RefundRow> Refunds => Set<RefundRow>();

    public DbSet<DisputeRow> Disputes => Set<DisputeRow>();

    public DbSet<FraudWarningRow> FraudWarnings => Set<FraudWarningRow>();

    public DbSet<TimelineRow> Timeline => Set<TimelineRow>();

    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    public DbSet<WorkRow> Work => Set<WorkRow>();

    public DbSet<EventCursorRow> EventCursor => Set<EventCursorRow>();

    public DbSet<EventSourceRow> EventSources => Set<EventSourceRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<OperatorActionRow> OperatorActions => Set<OperatorActionRow>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        DetectChanges();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        DetectChanges();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LedgerContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<OrderId>().HaveConversion<OrderIdConverter>().HaveMaxLength(32);
        configurationBuilder.Properties<PaymentIntentId>().HaveConversion<PaymentIntentIdConverter>().HaveMaxLength(255);
        configurationBuilder.Properties<PaymentMethodId>().HaveConversion<PaymentMethodIdConverter>().HaveMaxLength(255);
        configurationBuilder.Properties<EmailAddress>().HaveConversion<EmailAddressConverter>().HaveMaxLength(EmailAddress.MaxLength);
        configurationBuilder.Properties<Currency>().HaveConversion<CurrencyConverter>().HaveMaxLength(3);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    /// <summary>Finds out what was changed, when it is saved: whoever wants to know before asks by itself.</summary>
    private void DetectChanges()
    {
        DeskColumns.Fill(ChangeTracker);
        ChangeTracker.DetectChanges();
    }

    private sealed class OrderIdConverter() : ValueConverter<OrderId, string>(id => id.Value, text => OrderId.Parse(text));

    private sealed class PaymentIntentIdConverter() : ValueConverter<PaymentIntentId, string>(id => id.Value, text => PaymentIntentId.Parse(text));

    private sealed class PaymentMethodIdConverter() : ValueConverter<PaymentMethodId, string>(id => id.Value, text => PaymentMethodId.Parse(text));

    private sealed class EmailAddressConverter() : ValueConverter<EmailAddress, string>(address => address.Value, text => EmailAddress.Parse(text));

    private sealed class CurrencyConverter() : ValueConverter<Currency, string>(currency => currency.Code, code => Currency.Of(code));

    // SQLite gives back times that do not know they are UTC.
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
